import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { CATALOGUE } from '#codecs/catalogue.ts'
import { type Mrz, readMrz } from '#codecs/mrz/read.ts'
import { formsOf } from '#codecs/mrz/transliterate.ts'
import { type MrzDocument, writeMrz } from '#codecs/mrz/write.ts'
import { type CivilDate, instant } from '#lib/time.ts'

interface Options {
  readonly json: boolean
  readonly write: boolean
  readonly name?: string
}

/** Exit codes: 0 all check digits are right; 1 they are not, or it is no zone; 2 the command was used wrongly. */
export function command(): Command {
  return new Command('mrz')
    .description('read, check and write machine-readable zones of travel documents')
    .argument('[file]', 'two or three lines; - for standard input', '-')
    .option('--json', 'as one JSON object', false)
    .option('--write', 'the file is a JSON object with the fields of a document: write its lines', false)
    .option('--name <name>', 'the forms that a name takes in documents, and nothing else')
    .action((file: string, { json, write, name }: Options) => {
      if (name !== undefined) return void process.stdout.write(`${formsOf(name).join('\n')}\n`)
      const text = readFileSync(file === '-' ? 0 : file, 'utf8')
      if (write) return writeLines(JSON.parse(text) as MrzDocument)
      const { mrz, findings } = readMrz(text, { today: instant(Date.now()).slice(0, 10) as CivilDate })
      process.stdout.write(
        json
          ? `${JSON.stringify({ ...mrz, findings })}\n`
          : [
              ...(mrz ? inWords(mrz) : ['no machine-readable zone']),
              ...findings.map(
                ({ severity, code, at }) =>
                  `${severity}: ${CATALOGUE[code]?.en ?? code} (line ${at.line}, character ${at.segment}) [${code}]`,
              ),
              '',
            ].join('\n'),
      )
      process.exitCode = mrz?.accepted ? 0 : 1
    })
}

function writeLines(document: MrzDocument): void {
  const written = writeMrz(document)
  if (!written.ok) throw new Error(written.problems.map(({ code, detail }) => `${code}: ${detail}`).join(', '))
  process.stdout.write(`${written.value.join('\n')}\n`)
}

function inWords(mrz: Mrz): string[] {
  const { format, code, issuer, surname, givenNames, number, nationality, birthDate, sex, expiryDate } = mrz
  const checks = Object.entries(mrz.checks).map(([check, state]) => `${check} ${state}`)
  return [
    `${format} ${code} of ${issuer || 'nobody'}`,
    `  name         ${[surname, givenNames].filter(Boolean).join(', ')}${mrz.truncated ? ' …' : ''}`,
    `  number       ${number}`,
    `  nationality  ${nationality}`,
    `  born         ${birthDate.date ?? birthDate.raw}${birthDate.century ? ` (century chosen: ${birthDate.century})` : ''}`,
    `  sex          ${sex}`,
    `  expires      ${expiryDate.date ?? expiryDate.raw}`,
    `  check digits ${checks.join(', ')}`,
    ...mrz.suggestions.map(({ field, sent, readings }) => `  ${field} ${sent} may be ${readings.join(' or ')}`),
  ]
}
