import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { installation } from './place.ts'

const folder = join(installation, 'bench')

/**
 * What a file in `bench/` exports: it measures, and writes to standard output. With `json` that is one line per
 * result, such as `{"bench":"decode","case":"pnrgov","value":52000,"unit":"PNR/s"}`, and nothing else.
 */
interface Bench {
  bench(options: { readonly json: boolean; readonly args: readonly string[] }): Promise<void>
}

export function command(): Command {
  return new Command('bench')
    .description('measure, and compare with the budgets')
    .argument('[name]', 'which figure; without it, what there is')
    .argument('[args...]', 'for the bench itself')
    .option('--json', 'one line of JSON per result', false)
    .allowUnknownOption()
    .passThroughOptions(false)
    .action(async (name: string | undefined, args: string[], { json }: { json: boolean }) => {
      const names = await benches()
      if (!name) return void process.stdout.write(`${names.join('\n')}\n`)
      if (!names.includes(name)) throw new Error(`there is no bench "${name}"; there are: ${names.join(', ')}`)
      const module = (await import(join(folder, `${name}.ts`))) as Bench
      await module.bench({ json, args })
    })
}

async function benches(): Promise<readonly string[]> {
  const files = await readdir(folder).catch(() => [])
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'report.ts')
    .map((file) => file.slice(0, -3))
    .sort()
}
