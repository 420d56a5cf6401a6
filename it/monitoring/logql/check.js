// Holds each query for Loki in dashboards against Grafana's own grammar of LogQL, and prints the labels that its streams are chosen by:
// node check.js DASHBOARD.json...
import {readFileSync} from "node:fs";
import {Matcher, parser} from "@grafana/lezer-logql";

// What Grafana puts in the place of its variables before Loki sees the query.
const filled = query => query.replaceAll(/\$__(auto|interval|range)\b/g, "5m").replaceAll(/\$\{?\w+\}?/g, "spy-direction");

function* queries(node, loki) {
  const asksLoki = node.datasource ? node.datasource.type === "loki" : loki;
  if (asksLoki && typeof node.expr === "string") {
    yield node.expr;
  }
  for (const child of Object.values(node)) {
    if (child !== null && typeof child === "object") {
      yield* queries(child, asksLoki);
    }
  }
}

let count = 0;
const labels = new Set();
for (const path of process.argv.slice(2)) {
  for (const query of queries(JSON.parse(readFileSync(path, "utf8")), false)) {
    count++;
    const text = filled(query);
    parser.parse(text).iterate({
      enter(node) {
        if (node.type.isError) {
          console.error(`${path}: ${query}: not LogQL at character ${node.from} of ${text}`);
          process.exitCode = 1;
        }
        if (node.type.id === Matcher) {
          labels.add(text.slice(node.from, node.node.firstChild.to));
        }
      },
    });
  }
}
if (count === 0) {
  console.error("no query for Loki (expected: some in the dashboards)");
  process.exitCode = 1;
}
console.log([...labels].sort().join("\n"));
