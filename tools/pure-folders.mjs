// The pure folders take clock, randomness and environment as arguments; imports are the import rules' business, this
// looks for what is there without an import.
import { globSync, readFileSync } from 'node:fs'

const forbidden =
  /\b(Math\.random|Date\.now|new Date\(\)|Temporal\.Now|performance\.now|crypto\.(randomUUID|getRandomValues)|process\.|fetch\(|setTimeout|setInterval|localeCompare|toLocale\w+)/

let found = 0
for (const path of globSync('src/{domain,codecs,screening,review,protection,simulator}/**/*.ts')) {
  if (path.endsWith('.test.ts')) continue
  for (const [index, line] of readFileSync(path, 'utf8').split('\n').entries()) {
    const code = line.replace(/^\s*(\*|\/\*|\/\/).*/, '')
    const match = forbidden.exec(code)
    if (!match) continue
    process.stdout.write(`${path}:${index + 1} uses ${match[1]}: take it as an argument\n`)
    found++
  }
}
process.exitCode = found === 0 ? 0 : 1
