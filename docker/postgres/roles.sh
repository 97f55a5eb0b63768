#!/bin/sh
# Runs once, on an empty volume: the two roles of docs/operations.md and the database.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -v owner="$OWNER_PASSWORD" -v runtime="$RUNTIME_PASSWORD" <<'SQL'
CREATE ROLE cordon_owner LOGIN PASSWORD :'owner';
CREATE ROLE cordon_runtime LOGIN PASSWORD :'runtime';
CREATE DATABASE cordon OWNER cordon_owner;
SQL
