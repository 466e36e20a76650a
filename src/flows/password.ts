import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane. */
const MEMORY_KIB = 19_456
const PASSES = 2
const TAG_BYTES = 32

const tagOf = (password: string, nonce: Uint8Array, memory: number, passes: number): Promise<Buffer> =>
  derive('argon2id', {
    message: Buffer.from(password.normalize('NFKC')),
    nonce,
    parallelism: 1,
    tagLength: TAG_BYTES,
    memory,
    passes,
  })

/** `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<tag>` */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await tagOf(password, nonce, MEMORY_KIB, PASSES)
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=1$${nonce.toString('base64url')}$${tag.toString('base64url')}`
}

export async function isPassword(password: string, encoded: string): Promise<boolean> {
  const [, kind, , parameters, salt = '', tag = ''] = encoded.split('$')
  const found = /^m=(\d+),t=(\d+),p=1$/.exec(parameters ?? '')
  if (kind !== 'argon2id' || !found) return false
  const given = await tagOf(password, Buffer.from(salt, 'base64url'), Number(found[1]), Number(found[2]))
  const wanted = Buffer.from(tag, 'base64url')
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
