"use strict";
// Fills timelines when they are opened, marks the evidence in them, and filters.
// Text from transcripts is only ever set as text, never as markup.
const data = JSON.parse(document.getElementById("data").textContent);

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function marked(text, quotes) {
  const holder = make("pre");
  let rest = text;
  const spots = quotes
    .map((item) => ({ at: text.indexOf(item.q), end: text.indexOf(item.q) + item.q.length, item }))
    .filter((spot) => spot.at >= 0 && spot.item.q.length > 0)
    .sort((one, other) => one.at - other.at);
  let done = 0;
  for (const spot of spots) {
    if (spot.at < done) continue;
    holder.append(rest.slice(0, spot.at - done));
    const mark = make("mark", spot.item.s, text.slice(spot.at, spot.end));
    mark.title = spot.item.r + " (" + spot.item.s + ")";
    holder.append(mark);
    rest = text.slice(spot.end);
    done = spot.end;
  }
  holder.append(rest);
  return holder;
}

function fill(details) {
  const box = details.querySelector(".steps");
  if (box.childElementCount) return;
  const steps = data[Number(details.dataset.run)] || [];
  if (!steps.length) box.append(make("p", "hint", "The timeline of this run is not in this page."));
  for (const step of steps) {
    const row = make("div", ["step", step.a, step.o === "failed" ? "failed" : ""].join(" ").trim());
    row.dataset.step = step.i;
    row.append(make("span", "n", String(step.i)));
    const who = make("span", "who", step.t || step.k);
    const about = [step.a, step.g, step.o, step.l ? "line " + step.l : ""].filter(Boolean).join(" · ");
    who.append(make("small", "", about));
    row.append(who);
    const text = marked(step.x || "", step.q || []);
    if (step.c) text.append(make("small", "hint", " (not whole)"));
    row.append(text);
    box.append(row);
  }
}

// A long text scrolls in its own box: its first mark must not stay below the edge.
function reveal(details) {
  details.querySelectorAll("pre").forEach((text) => {
    const mark = text.querySelector("mark");
    if (mark) text.scrollTop = mark.offsetTop - text.offsetTop - text.clientHeight / 2;
  });
}

document.querySelectorAll("details.timeline").forEach((details) => {
  details.addEventListener("toggle", () => { if (details.open) { fill(details); reveal(details); } });
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.goto");
  if (!button) return;
  const details = document.querySelector('details.timeline[data-run="' + button.dataset.run + '"]');
  fill(details);
  details.open = true;
  reveal(details);
  const row = details.querySelector('.step[data-step="' + button.dataset.step + '"]');
  if (!row) return;
  document.querySelectorAll(".step.here").forEach((other) => other.classList.remove("here"));
  row.classList.add("here");
  row.scrollIntoView({ block: "center" });
});

function filter() {
  const words = document.getElementById("find").value.trim().toLowerCase();
  const shown = new Set(Array.from(document.querySelectorAll("input[name=severity]:checked"), (box) => box.value));
  const withClean = document.getElementById("clean").checked;
  document.querySelectorAll(".run").forEach((run) => {
    let visible = 0;
    const runMatches = !words || run.querySelector("h2").textContent.toLowerCase().includes(words)
      || run.querySelector(".where").textContent.toLowerCase().includes(words);
    run.querySelectorAll(".finding").forEach((finding) => {
      const matches = runMatches || finding.textContent.toLowerCase().includes(words);
      finding.hidden = !(matches && shown.has(finding.dataset.severity));
      if (!finding.hidden) visible += 1;
    });
    const isClean = run.dataset.findings === "0";
    run.hidden = isClean ? !(withClean && runMatches) : visible === 0;
  });
}

document.getElementById("filters").addEventListener("input", filter);
document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
