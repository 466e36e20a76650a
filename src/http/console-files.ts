import { randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyReply } from 'fastify'
import type { HttpPlugin } from './plugin.ts'
import { refuse } from './problem.ts'

const FOLDER = join(import.meta.dirname, '..', '..', 'dist', 'console')
const PAGE = join(FOLDER, 'index.html')

const NOT_BUILT =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Preclear</title><p>The console is not built yet: run <code>npm run build</code>, then start again.</p></html>'

/** The console: hashed files that may be kept for good, and one page whose nonce is new each time. */
export const consoleFiles: HttpPlugin = async (http) => {
  if (pageText()) {
    await http.register(fastifyStatic, {
      root: join(FOLDER, 'assets'),
      prefix: '/assets/',
      immutable: true,
      maxAge: '365d',
      cacheControl: true,
      decorateReply: false,
      setHeaders: (response) => void response.header('cache-control', 'public, max-age=31536000, immutable'),
    })
  }
  http.setNotFoundHandler((request, answer) => {
    const wantsPage = request.method === 'GET' && !/^\/(v1|carriers|assets|health)(\/|$)/.test(request.url)
    return wantsPage ? sendPage(answer, pageText() ?? NOT_BUILT) : refuse(answer, [{ code: 'not.found', detail: '' }])
  })
}

/** The page as it was built last: its names of hashed files are new with each build, which may happen while we run. */
function pageText(): string | undefined {
  try {
    const { mtimeMs } = statSync(PAGE)
    if (mtimeMs !== read?.mtimeMs) read = { mtimeMs, text: readFileSync(PAGE, 'utf8') }
    return read.text
  } catch {
    return undefined
  }
}

let read: { readonly mtimeMs: number; readonly text: string } | undefined

function sendPage(answer: FastifyReply, page: string): FastifyReply {
  const nonce = randomBytes(16).toString('base64url')
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ]
  return answer
    .code(200)
    .headers({ 'content-security-policy': policy.join('; '), 'content-type': 'text/html; charset=utf-8' })
    .send(page.replaceAll('__NONCE__', nonce))
}
