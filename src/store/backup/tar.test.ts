import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTar } from './tar.ts'

/** One entry as ustar writes it. */
function entry(name: string, content: string | Buffer, kind = '0'): Buffer {
  const bytes = Buffer.from(content)
  const head = Buffer.alloc(512)
  head.write(name, 0)
  head.write('0000600\0', 100)
  head.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124)
  head.write(kind, 156)
  head.write('ustar\u000000', 257)
  head.fill(' ', 148, 156)
  const sum = head.reduce((total, byte) => total + byte, 0)
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([head, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)])
}

const END = Buffer.alloc(1024)

/** Reads in pieces of `step` bytes. */
async function read(archive: Buffer, step = 512): Promise<Readonly<Record<string, string | undefined>>> {
  const found: Record<string, string | undefined> = {}
  async function* pieces() {
    for (let at = 0; at < archive.length; at += step) yield archive.subarray(at, at + step)
  }
  await readTar(pieces(), async ({ name, folder }) => {
    found[name] = folder ? undefined : ''
    const write = async (bytes: Buffer): Promise<void> => {
      found[name] += bytes.toString('latin1')
    }
    return { write, close: async () => undefined }
  })
  return found
}

test('files and folders come back, in pieces of any size', async () => {
  const file = fc.tuple(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ unit: 'binary-ascii', maxLength: 1500 }))
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(file, { selector: ([name]) => name, maxLength: 5 }),
      fc.integer({ min: 1, max: 2_000 }),
      async (files, step) => {
        const archive = [
          entry('base/', '', '5'),
          ...files.map(([name, content]) => entry(`base/${name}`, content)),
          END,
        ]
        expect(await read(Buffer.concat(archive), step)).toEqual({
          base: undefined,
          ...Object.fromEntries(files.map(([name, content]) => [`base/${name}`, content])),
        })
      },
    ),
    { numRuns: 50 },
  )
})

test.each([
  ['a link', entry('base/1', '', '2'), 'neither file nor folder'],
  ['a name that leads out', entry('../1', 'x'), 'holds "../1"'],
  ['a name from the root', entry('/etc/x', 'x'), 'holds "/etc/x"'],
  ['an end within a file', entry('base/1', 'abc').subarray(0, 514), 'ends in the middle'],
  ['an end within a head', entry('base/1', 'abc').subarray(0, 300), 'ends in the middle'],
  ['what is no tar', Buffer.alloc(512, 7), 'no tar'],
])('refused: %s', async (_what, archive, sentence) => {
  await expect(read(archive)).rejects.toThrow(sentence)
})
