// Owns: the comparison of exported documents, opened by Automerge's own
// JavaScript package, with the JSON that was exported beside them: intakes,
// answers, and every conflict with its values.
// Refuses: to know any field by name but the few below; it walks the JSON.
//
//   node check.mjs EXPORT.jsonl AUTOMERGE_DIR

import * as Automerge from "@automerge/automerge";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

// What the export adds to an intake's JSON. `reference` is in both.
const EXPORT_ONLY = new Set([
  "case", "station", "device", "received_at", "status", "conflicts", "answer", "unread", "id",
]);

// A member who left stays in the document, so marked, whether the export still lists them or not.
const REMOVED = "removed";

/** Compares one value of the export with the document's; calls `to.report(path, what)` for each difference, `to.equal()` for each leaf. */
function compare(json, shown, path, to) {
  if (json === null || json === undefined) {
    if (!blank(shown)) to.report(path, `the export has nothing, the document ${say(shown)}`);
  } else if (Array.isArray(json)) {
    compareList(json, shown, path, to);
  } else if (typeof json === "object") {
    compareMap(json, shown, path, to);
  } else if (leaf(shown) === json) {
    to.equal();
  } else if (json === false && (shown === undefined || shown === null)) {
    // What nobody said is false: the document need not hold it.
  } else {
    to.report(path, `the export has ${JSON.stringify(json)}, the document ${say(shown)}`);
  }
}

function compareMap(json, shown, path, to) {
  if (shown !== undefined && shown !== null && !isMap(shown)) {
    to.report(path, `the export has an object, the document ${say(shown)}`);
    return;
  }
  const map = shown ?? {};
  for (const key of new Set([...Object.keys(json), ...Object.keys(map)])) {
    const given = json[key] ?? (key === REMOVED ? false : undefined);
    compare(given, map[key], path ? `${path}.${key}` : key, to);
  }
}

// A list is a map in the document: of keys that are true, or of members by id.
function compareList(json, shown, path, to) {
  if (shown !== undefined && shown !== null && !isMap(shown)) {
    to.report(path, `the export has a list, the document ${say(shown)}`);
    return;
  }
  const map = shown ?? {};
  const listed = new Set();
  for (const [index, item] of json.entries()) {
    const member = item !== null && typeof item === "object";
    const key = member ? item.id : item;
    const at = `${path}[${typeof key === "string" ? key : index}]`;
    if (typeof key !== "string") {
      to.report(at, member ? "an entry without an id" : "an entry that is neither a string nor an object");
    } else if (listed.has(key)) {
      to.report(at, "listed twice");
    } else if (member && isMap(map[key])) {
      const { id: _, ...fields } = item;
      compareMap(fields, map[key], at, to);
    } else if (!member && map[key] === true) {
      to.equal();
    } else {
      to.report(at, `the export lists it, the document ${say(map[key])}`);
    }
    listed.add(key);
  }
  for (const key of Object.keys(map)) {
    if (!listed.has(key) && live(map[key])) {
      to.report(`${path}[${key}]`, `the export does not list it, the document ${say(map[key])}`);
    }
  }
}

const isMap = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value) &&
  !Automerge.isImmutableString(value) && Object.getPrototypeOf(value) === Object.prototype;

/** Nothing given: missing, null, a map of nothing, or a list's map with nothing in it. */
const blank = (value) =>
  value === undefined || value === null ||
  (isMap(value) && (Object.values(value).every(blank) || Object.values(value).every((entry) => !live(entry))));

/** An entry of a list's map that counts as listed. */
const live = (entry) =>
  entry !== undefined && entry !== null && entry !== false && !(isMap(entry) && entry[REMOVED] === true);

/** A scalar as JSON would hold it. Collaborative text is no scalar: nobody's words are interleaved by a merge. */
function leaf(value) {
  if (Automerge.isImmutableString(value)) return value.toString();
  return typeof value === "number" || typeof value === "boolean" ? value : undefined;
}

function say(value) {
  if (value === undefined) return "lacks it";
  if (typeof value === "string") return `has text that merges by letter, ${JSON.stringify(value)}`;
  const scalar = leaf(value);
  return `has ${scalar === undefined ? JSON.stringify(value) ?? String(value) : JSON.stringify(scalar)}`;
}

/** Every field of a map, and of the maps in it, that holds values which differ: path to the values as sorted JSON. */
function disputes(map, path, found) {
  for (const key of Object.keys(map)) {
    const at = path ? `${path}.${key}` : key;
    // Here the package hands strings out bare; what kind the winner is, `leaf` has told.
    const bare = (value) => (typeof value === "string" ? value : leaf(value) ?? null);
    const values = Object.values(Automerge.getConflicts(map, key) ?? {}).map(bare);
    if (isMap(map[key])) disputes(map[key], at, found);
    else if (new Set(values).size > 1) found.set(at, sorted(values));
  }
  return found;
}

const sorted = (values) => JSON.stringify(values.map((value) => JSON.stringify(value)).sort());

/** Compares the export's conflicts of one document with those that the document holds. */
function compareConflicts(listed, document, to) {
  const found = disputes(document, "", new Map());
  for (const { path, values } of listed) {
    const held = found.get(path);
    const told = sorted(values.map(({ value }) => value));
    if (held === told) to.dispute();
    else to.report(path, `the export has the conflict ${told}, the document ${held ?? "none"}`);
    found.delete(path);
  }
  for (const [path, held] of found) to.report(path, `the document has the conflict ${held}, the export none`);
}

/** Opens one file, gives the document to `look`, and frees it. */
function open(file, look) {
  const document = Automerge.load(new Uint8Array(readFileSync(file)));
  try {
    if (Automerge.getHeads(document).length === 0) throw new Error("no change in it");
    look(document);
  } finally {
    Automerge.free(document);
  }
}

function main(exported, folder) {
  const files = new Set(readdirSync(folder).filter((name) => name.endsWith(".automerge")));
  const counts = { cases: 0, equal: 0, answers: 0, disputes: 0, differences: 0 };
  const of = (json, prefix) => json.conflicts
    .filter(({ path }) => path.startsWith("answer.") === (prefix !== ""))
    .map(({ path, values }) => ({ path: path.slice(prefix.length), values }));
  const lines = readFileSync(exported, "utf8").split("\n");

  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    let name = `line ${index + 1}`;
    const report = (path, what) => {
      counts.differences += 1;
      console.error(`${name}: ${path || "the document"}: ${what}`);
    };
    try {
      const json = JSON.parse(line);
      if (!/^[0-9a-f]{32}$/.test(json.case)) throw new Error("no case id of 32 hex digits");
      name = `case ${json.case} (${json.reference ?? "no reference"})`;
      counts.cases += 1;

      const fields = Object.fromEntries(Object.entries(json).filter(([key]) => !EXPORT_ONLY.has(key)));
      const intake = `${json.case}.intake.automerge`;
      const answer = `${json.case}.answer.automerge`;
      const hasAnswer = files.delete(answer);
      if (!files.delete(intake)) throw new Error(`exported twice, or ${intake} is missing`);
      const to = { report, equal: () => (counts.equal += 1), dispute: () => (counts.disputes += 1) };
      open(join(folder, intake), (document) => {
        compareMap(fields, document, "", to);
        compareConflicts(of(json, ""), document, to);
      });
      if (hasAnswer !== isMap(json.answer)) throw new Error(`${answer} and the export's answer: only one is there`);
      if (hasAnswer) {
        counts.answers += 1;
        open(join(folder, answer), (document) => {
          compareMap(json.answer, document, "answer", to);
          compareConflicts(of(json, "answer."), document, to);
        });
      }
    } catch (error) {
      report("", error.message);
    }
  }

  for (const file of files) {
    if (!/\.(intake|answer)\.automerge$/.test(file)) continue;
    counts.differences += 1;
    console.error(`${file}: the document: no line of the export names it`);
  }
  const { cases, equal, answers, disputes, differences } = counts;
  console.log(`${cases} cases, ${equal} fields equal, ${answers} answers, ${disputes} conflicts with all their values`);
  // A sample that holds nothing of a kind proves nothing of it.
  const empty = [cases, equal, answers, disputes].includes(0);
  if (empty) console.error(`${exported}: too little to compare`);
  return differences === 0 && !empty ? 0 : 1;
}

if (process.argv.length !== 4) {
  console.error("usage: node check.mjs EXPORT.jsonl AUTOMERGE_DIR");
  process.exit(2);
}
process.exit(main(process.argv[2], process.argv[3]));
