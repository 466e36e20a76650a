import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arrivalOf, bytesOfArrival } from './arrival-bytes.ts'
import { arrivalOfBytes } from './testing/arrivals.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

test.each([0, 1, 30_000, 16 * 1024 * 1024])('an arrival of %d bytes comes back as it was', (size) => {
  const arrival = arrivalOfBytes(size, { carrier: 'N7', urgency: 0, spread: 77 })
  const read = arrivalOf(bytesOfArrival(arrival))
  if (typeof read === 'string') throw new Error(read)
  const { sealed, digest, contentDigest, ...rest } = read
  expect(rest).toEqual({
    id: arrival.id,
    month: '2026-06-01',
    carrier: 'N7',
    channel: 'https',
    receivedAt: arrival.receivedAt,
    size,
    keyDay: '2026-06-11',
    redactions: { meals: 2 },
    urgency: 0,
    spread: 77,
  })
  expect(Buffer.from(sealed).equals(arrival.sealed)).toBe(true)
  expect([hex(digest), hex(contentDigest)]).toEqual([hex(arrival.digest), hex(arrival.contentDigest)])
})

test('what a newer version added to the head is passed over', () => {
  const bytes = withHead((head) => ({ ...head, stamp: { of: 'tomorrow' }, redactions: { meals: 2, later: 'many' } }))
  expect(arrivalOf(bytes)).toMatchObject({ carrier: 'ZX', redactions: { meals: 2 } })
})

test('what only a newer version understands is known as that', () => {
  const bytes = bytesOfArrival(arrivalOfBytes(20))
  bytes[3] = 2
  expect(arrivalOf(bytes)).toBe('newer')
})

test.each([
  ['nothing', new Uint8Array(0)],
  ['other bytes', Buffer.from('something that somebody else put here')],
  ['a head without an end', bytesOfArrival(arrivalOfBytes(20)).subarray(0, 60)],
  ['a head without the carrier', withHead(({ carrier: _, ...head }) => head)],
  ['a time that is none', withHead((head) => ({ ...head, receivedAt: 'yesterday' }))],
  ['an urgency that is none', withHead((head) => ({ ...head, urgency: 9 }))],
])('%s is damaged', (_, bytes) => {
  expect(arrivalOf(bytes)).toBe('damaged')
})

test('never throws, whatever the bytes', () => {
  const good = bytesOfArrival(arrivalOfBytes(40))
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (junk) => void arrivalOf(junk)))
  fc.assert(fc.property(fc.nat(good.length - 1), fc.nat(255), (at, value) => void arrivalOf(good.with(at, value))))
})

function withHead(change: (head: Record<string, unknown>) => unknown): Uint8Array {
  const bytes = Buffer.from(bytesOfArrival(arrivalOfBytes(20)))
  const end = 8 + bytes.readUInt32BE(4)
  const head = Buffer.from(JSON.stringify(change(JSON.parse(bytes.toString('utf8', 8, end)))))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(head.length)
  return Buffer.concat([bytes.subarray(0, 4), length, head, bytes.subarray(end)])
}
