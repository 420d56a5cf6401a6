// How versions did by what turned out to be true, beside what their report said when they were made.

import { element, number } from './dom.js';

function header(text, scope) {
  const made = element('th', text);
  made.scope = scope;
  return made;
}

function line(name, versions, value) {
  const made = document.createElement('tr');
  made.append(header(name, 'row'), ...versions.map((each) => element('td', value(each))));
  return made;
}

function shown(metric) {
  if (!metric) return '—';
  const hasInterval = metric.low !== undefined && metric.high !== undefined;
  return hasInterval ? `${number(metric.value)} (${number(metric.low)} to ${number(metric.high)})` : number(metric.value);
}

/**
 * @param report as /status has it; absent where nothing was told
 * @param champion the version that answers
 * @param evaluation its report
 */
export function showFeedback(slot, report, champion, evaluation) {
  slot('feedback').hidden = !report;
  if (!report) return;
  const versions = report.versions;
  const reported = (metric) => (version) => {
    const found = version.version === champion && evaluation && evaluation.metrics.find((each) => each.metric === metric);
    return found ? number(found.champion) : '—';
  };
  const metrics = [...new Set(versions.flatMap((each) => Object.keys(each.metrics)))];
  slot('told').replaceChildren(header('', 'col'), ...versions.map((each) => header(`${each.role} ${each.version}`, 'col')));
  slot('truths').replaceChildren(
    ...metrics.flatMap((metric) => [
      line(metric, versions, (each) => shown(each.metrics[metric])),
      line(`${metric} in the report`, versions, reported(metric))]),
    line('rows whose truth is known', versions, (each) => String(each.rows)),
    line('answers that wait for it', versions, (each) => String(each.waiting)));
  slot('told-rows').textContent = `Intervals of 95 %, over the newest ${report.window} truths`
    + ` that ${report.shared ? 'all servers were' : 'this server was'} told.`;
}
