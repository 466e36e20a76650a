import { Button, Group } from '@mantine/core'
import { useWords } from '../i18n/words.tsx'

/** To the next page, and back to the first. */
export function More({
  next,
  after,
  go,
}: {
  readonly next: string | undefined
  readonly after: string | undefined
  readonly go: (after: string | undefined) => void
}) {
  const { say } = useWords()
  if (!next && !after) return null
  return (
    <Group gap="xs">
      <Button size="xs" variant="default" onClick={() => go(undefined)} disabled={!after}>
        {say('common.first-page')}
      </Button>
      <Button size="xs" variant="default" onClick={() => go(next)} disabled={!next}>
        {say('common.next-page')}
      </Button>
    </Group>
  )
}
