// Fills the page from this host's own public addresses; nothing is asked of anyone else.
const show = (id, text) => { document.getElementById(id).textContent = text; };

const read = async (path) => {
  const answer = await fetch(path);
  if (!answer.ok && answer.status !== 503) throw new Error(String(answer.status));
  return answer;
};

show("address", location.origin);

read("/q/health/ready")
  .then((answer) => answer.json())
  .then((health) => show("readiness", health.status === "UP" ? "ready" : "not ready"))
  .catch(() => show("readiness", "cannot be reached"));

read("/log/checkpoint")
  .then((answer) => answer.text())
  .then((note) => {
    const [origin, size, root] = note.split("\n");
    show("origin", origin);
    show("size", size);
    show("root", root);
  })
  .catch(() => ["origin", "size", "root"].forEach((id) => show(id, "not available")));

read("/log/vkey")
  .then((answer) => answer.text())
  .then((key) => show("vkey", key.trim()))
  .catch(() => show("vkey", "not available"));
