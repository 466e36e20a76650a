import { readFileSync } from 'node:fs'
import { Parser as NodeParser } from 'edifact'
import { Configuration } from 'ts-edifact/lib/configuration.js'
import { Parser as TsParser } from 'ts-edifact/lib/parser.js'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readTape } from './edifact/tape.ts'

/**
 * Independent eyes: parsers that others wrote find the same segments and values as ours in every clean message of the
 * corpus, which is also what our writers write. They read no dirt that we make nothing of, and no UNA or line breaks worth trusting.
 */
const FIXTURES = new URL('../../fixtures/', import.meta.url)
const { entries } = JSON.parse(readFileSync(new URL('manifest.json', FIXTURES), 'utf8')) as {
  readonly entries: readonly { readonly file: string; readonly state: string }[]
}
const USUAL = ":+.? '"
const CLEAN = entries
  .filter(({ file, state }) => file.endsWith('.edi') && state === 'clean' && !file.includes('/dirty'))
  .map(({ file }) => ({ file, bytes: readFileSync(new URL(file, FIXTURES)) }))
  .filter(({ bytes }) => [0, -1].includes(bytes.indexOf(`UNA${USUAL}`)) && bytes.every((byte) => byte < 0x80))
  .filter(({ bytes }) => bytes.includes('UNB+') && bytes.lastIndexOf('UNA') <= 0)

type Segments = readonly (readonly (readonly string[])[])[]

const asText = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('latin1')
    .replace(/^UNA.{6}/, '')
    .replace(/\r?\n/g, '')

/** What a parser tells of a message, one event after the other. */
class Listener {
  readonly segments: string[][][] = []
  open = (tag: string): void => void this.segments.push([[tag]])
  element = (): void => void this.segments.at(-1)?.push([])
  component = (value: string): void => void this.segments.at(-1)?.at(-1)?.push(value)
}

function byEdifact(bytes: Uint8Array): Segments {
  const told = new Listener()
  const parser = new NodeParser()
  parser.encoding('UNOC')
  Object.assign(parser, { onopensegment: told.open, onelement: told.element, oncomponent: told.component })
  parser.write(asText(bytes))
  parser.end()
  return told.segments.map(trimmed)
}

function byTsEdifact(bytes: Uint8Array): Segments {
  const told = new Listener()
  const parser = new TsParser(new Configuration({ charset: 'UNOC' }))
  Object.assign(parser, { onOpenSegment: told.open, onElement: told.element, onComponent: told.component })
  parser.updateCharset('UNOC')
  parser.write(asText(bytes))
  parser.end()
  return told.segments.map(trimmed)
}

function byUs(bytes: Uint8Array): Segments {
  const tape = readTape(bytes)
  return Array.from({ length: tape.segments }, (_, segment) =>
    trimmed([
      [tape.tag(segment)],
      ...Array.from({ length: tape.elements(segment) }, (_, element) =>
        Array.from(
          { length: tape.components(segment, element + 1) },
          (_, component) => tape.text(segment, element + 1, component + 1) ?? '',
        ),
      ),
    ]),
  )
}

/** Empty ends are told by some and left out by others. */
function trimmed(segment: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const elements = segment.map((element) => element.slice(0, element.findLastIndex((one) => one !== '') + 1))
  return elements.slice(0, elements.findLastIndex((element) => element.length > 0) + 1)
}

beforeEach(() => {
  for (const way of ['warn', 'log', 'error'] as const) vi.spyOn(console, way).mockImplementation(() => undefined)
})
afterEach(() => void vi.restoreAllMocks())

test('there is enough to look at', () => expect(CLEAN.length).toBeGreaterThan(20))

describe.each(CLEAN)('$file', ({ bytes }) => {
  test('is the same for edifact', () => expect(byEdifact(bytes)).toEqual(byUs(bytes)))
  test('is the same for ts-edifact', () => expect(byTsEdifact(bytes)).toEqual(byUs(bytes)))
})
