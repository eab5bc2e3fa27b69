"use strict";

const jobs = document.getElementById("jobs");
const connection = document.getElementById("connection");
const news = document.getElementById("news");
const start = document.getElementById("start");
const words = { started: "… under way", completed: "✓ completed", failed: "✗ failed" };
const rows = new Map();

// Always as text, never as HTML: answers come from the web.
function show(line) {
  let row = rows.get(line.jobId);
  if (!row) {
    row = { element: jobs.insertRow(0), begun: Date.parse(line.at) };
    for (let i = 0; i < 5; i++) row.element.insertCell();
    rows.set(line.jobId, row);
  }
  row.element.dataset.state = line.state;
  const ended = line.state !== "started";
  const seconds = ((Date.parse(line.at) - row.begun) / 1000).toFixed(1);
  const texts = [words[line.state] ?? line.state, line.question, line.answer, ended ? `${seconds} s` : "", ended && line.attempt ? `attempt ${line.attempt}` : ""];
  texts.forEach((text, i) => { row.element.cells[i].textContent = text; });
  if (ended) news.textContent = `${line.question}: ${line.state}. ${line.answer}`;
}

const events = new EventSource("events");
events.addEventListener("line", event => show(JSON.parse(event.data)));
events.addEventListener("open", () => {
  // The stream begins with everything so far.
  jobs.replaceChildren();
  rows.clear();
  connection.textContent = "Connected: events appear as they arrive.";
});
events.addEventListener("error", () => { connection.textContent = "Disconnected, trying again …"; });

start.addEventListener("click", async () => {
  start.disabled = true;
  try {
    const answer = await fetch("start", { method: "POST", headers: { "X-Requested-With": "page" } });
    if (!answer.ok) connection.textContent = `The job could not be started (${answer.status}).`;
  } finally {
    start.disabled = false;
  }
});
