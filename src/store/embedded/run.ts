import { spawn } from 'node:child_process'
import type { Account } from './account.ts'

export interface Ran {
  readonly code: number
  readonly output: string
}

/** Runs a program to its end; what it wrote comes back as text. Never throws: a program that cannot start is code 127. */
export function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly account?: Account | undefined } = {},
): Promise<Ran> {
  return new Promise((done) => {
    const pieces: string[] = []
    const failed = (problem: unknown): void => done({ code: 127, output: `${command}: ${String(problem)}` })
    try {
      const child = spawn(command, args, {
        cwd: options.cwd,
        ...options.account,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', SystemRoot: process.env.SystemRoot },
        windowsHide: true,
      })
      child.stdout.on('data', (piece: Buffer) => pieces.push(piece.toString()))
      child.stderr.on('data', (piece: Buffer) => pieces.push(piece.toString()))
      child.on('error', failed)
      child.on('close', (code) => done({ code: code ?? 1, output: pieces.join('').trim() }))
    } catch (problem) {
      failed(problem)
    }
  })
}
