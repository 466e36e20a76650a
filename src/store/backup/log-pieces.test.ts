import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { logPieces } from './log-pieces.ts'

const piece = (number: number, timeline = 1): string =>
  [timeline, Math.floor(number / 256), number % 256]
    .map((part) => part.toString(16).toUpperCase().padStart(8, '0'))
    .join('')

test.each([
  ['all follow each other, over the turn of the middle part', [254, 255, 256, 257], 4, undefined],
  ['one is missing', [254, 255, 257, 258], 2, 255],
  ['the first is missing', [255, 256], 0, 254],
  ['nothing came after the backup', [], 0, undefined],
  ['older ones do not matter', [3, 250, 254], 1, undefined],
])('%s', async (_what, numbers, count, gapAfter) => {
  const folder = await mkdtemp(join(tmpdir(), 'preclear-pieces-'))
  const names = [
    ...numbers.map((number) => piece(number)),
    piece(300, 2),
    '00000002.history',
    `${piece(254)}.0028.backup`,
  ]
  for (const name of names) await writeFile(join(folder, name), '')
  const wanted = gapAfter === undefined ? undefined : piece(gapAfter)
  expect(await logPieces(folder, piece(254))).toEqual({ count, gapAfter: wanted })
  await rm(folder, { recursive: true })
})
