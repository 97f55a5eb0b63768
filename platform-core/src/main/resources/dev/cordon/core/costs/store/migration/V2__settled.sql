-- What was booked later than it was owed, so that nothing is booked twice: a few rows for each time the database was gone.
create table costs.settled (
  id uuid primary key
);
