// Times JavaScript validators on the cases that SchemaBenchmark writes; prints nanoseconds per instance as JSON, and the numbers of the
// schemas that each leaves out. Without rounds only those.
// usage: node validators.mjs cases.json rounds
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { Validator } from '@cfworker/json-schema';
import { validator as schemasafe } from '@exodus/schemasafe';

const [file, rounds] = [process.argv[2], Number(process.argv[3])];
const options = { strict: false, validateFormats: false, logger: false };

// Each answers a schema's verdict function, and one that lists every error; null where it has no such mode.
const makers = {
  ajv: schema => {
    const verdict = new Ajv(options).compile(schema);
    const errors = new Ajv({ ...options, allErrors: true }).compile(schema);
    return { verdict, errors: value => { errors(value); return errors.errors; } };
  },
  schemasafe: schema => ({
    verdict: schemasafe(schema, { mode: 'lax', isJSON: true, $schemaDefault: 'https://json-schema.org/draft/2020-12/schema', formatAssertion: false }),
    errors: null,
  }),
  cfworker: schema => {
    const [quick, full] = [new Validator(schema, '2020-12', true), new Validator(schema, '2020-12', false)];
    return { verdict: value => quick.validate(value).valid, errors: value => full.validate(value).errors };
  },
};

// The best of the rounds, each long enough for the clock.
function time(run, count) {
  let best = Infinity;
  let repeat = 1;
  for (let round = 0; round < rounds;) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < repeat; i++) run();
    const elapsed = Number(process.hrtime.bigint() - start);
    if (elapsed < 1e6) {
      repeat *= 2;
      continue;
    }
    best = Math.min(best, elapsed / repeat / count);
    round++;
  }
  return best;
}

function measure(make, pairs) {
  const compiled = [];
  const skipped = [];
  for (const [number, { schema, valid, invalid }] of pairs.entries()) {
    try {
      const validator = make(JSON.parse(schema));
      const right = valid.every(text => validator.verdict(JSON.parse(text))) && !invalid.some(text => validator.verdict(JSON.parse(text)));
      if (right) compiled.push({ ...validator, valid, invalid });
      else skipped.push(number);
    } catch {
      skipped.push(number);
    }
  }
  if (rounds === 0) return { skipped };
  const runs = (kind, mode) => compiled.flatMap(validator => validator[mode] === null ? [] : validator[kind].map(text => [validator[mode], text]));
  let sink = 0;
  const over = (kind, mode, parsed) => {
    const list = runs(kind, mode).map(([check, text]) => [check, parsed ? JSON.parse(text) : text]);
    if (list.length === 0) return null;
    return parsed
      ? time(() => { for (const [check, value] of list) sink += check(value) ? 1 : 0; }, list.length)
      : time(() => { for (const [check, text] of list) sink += check(JSON.parse(text)) ? 1 : 0; }, list.length);
  };
  return {
    verdict: over('valid', 'verdict', true),
    text: over('valid', 'verdict', false),
    errors_valid: over('valid', 'errors', true),
    errors_invalid: over('invalid', 'errors', true),
    skipped,
  };
}

const results = {};
for (const { name, pairs } of JSON.parse(readFileSync(file, 'utf8')))
  results[name] = Object.fromEntries(Object.entries(makers).map(([maker, make]) => [maker, measure(make, pairs)]));
console.log(JSON.stringify(results));
