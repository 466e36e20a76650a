import { ActionIcon, Button, Group, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useWords } from '../i18n/words.tsx'
import { MoonMark, SunMark } from './marks.tsx'

/** Language, named in itself, and light or dark. */
export function Preferences() {
  const { say, language, choose } = useWords()
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  const other = language === 'en' ? 'az' : 'en'
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        variant="subtle"
        size="compact-sm"
        px={6}
        fw={500}
        onClick={() => choose(other)}
        lang={other}
        aria-label={other === 'az' ? 'AZ: Azərbaycanca' : 'EN: English'}
      >
        {other === 'az' ? 'AZ' : 'EN'}
      </Button>
      <ActionIcon
        variant="subtle"
        onClick={() => setColorScheme(dark ? 'light' : 'dark')}
        aria-label={say(dark ? 'shell.light' : 'shell.dark')}
      >
        {dark ? <SunMark /> : <MoonMark />}
      </ActionIcon>
    </Group>
  )
}
