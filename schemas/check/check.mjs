// Reads docs/asyncapi.yaml with AsyncAPI's own parser. Warnings count as errors; hints that a newer AsyncAPI has come out do not.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DiagnosticSeverity, Parser } from '@asyncapi/parser';
import { AvroSchemaParser } from '@asyncapi/avro-schema-parser';

const file = fileURLToPath(new URL('../../docs/asyncapi.yaml', import.meta.url));
const faults = [];

// Of an AsyncAPI 3 document the parser converts schemas in other formats, and asks nobody whether they are right. One in a
// format that it has no parser for it leaves as it is, without a word.
const avro = AvroSchemaParser();
let schemas = 0;
const checked = {
  ...avro,
  async parse(input) {
    schemas++;
    faults.push(...(await avro.validate(input)).map(({ message }) => `${input.data.name}: ${message}`));
    return avro.parse(input);
  },
};

const { document, diagnostics } = await new Parser({ schemaParsers: [checked] }).parse(readFileSync(file, 'utf8'), { source: file });
for (const { message, path, range, severity } of diagnostics) {
  if (severity <= DiagnosticSeverity.Warning) {
    faults.push(`line ${range.start.line + 1}: ${path.join('.')}: ${message}`);
  }
}
const messages = document?.messages().all() ?? [];
const inAvro = messages.filter((message) => message.contentType() === 'avro/binary').length;
if (document && inAvro !== schemas) {
  faults.push(`${inAvro} messages are Avro, but ${schemas} have a schema that the parser takes for Avro`);
}
if (faults.length > 0) {
  faults.forEach((fault) => console.error(`docs/asyncapi.yaml: ${fault}`));
  process.exitCode = 1;
} else {
  console.log(`docs/asyncapi.yaml: ${document.channels().length} topics, ${messages.length} messages, all as AsyncAPI and Avro say`);
}
