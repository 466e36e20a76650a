import { type CSSVariablesResolver, createTheme } from '@mantine/core'

/** One accent; every shade that carries text keeps 4.5:1 in both colour schemes. */
export const theme = createTheme({
  colors: {
    accent: [
      '#e7f4f2',
      '#d0e9e5',
      '#a4d4cd',
      '#75beb4',
      '#4daa9e',
      '#2f998c',
      '#1b897d',
      '#0b766b',
      '#08625a',
      '#054d46',
    ],
    dark: [
      '#d3dade',
      '#b7c2c8',
      '#9aa7af',
      '#6c7982',
      '#3d484f',
      '#313a41',
      '#242c31',
      '#1b2024',
      '#14181b',
      '#0f1214',
    ],
  },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 7 },
  autoContrast: true,
  respectReducedMotion: true,
  defaultRadius: 'sm',
  fontFamily: "Inter, 'Segoe UI', 'Noto Sans', system-ui, -apple-system, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  // Their lock on scrolling writes a style element that a strict policy refuses; style.css holds the page still instead.
  components: { Modal: { defaultProps: { lockScroll: false } }, Drawer: { defaultProps: { lockScroll: false } } },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.3rem' }, h2: { fontSize: '1.05rem' }, h3: { fontSize: '1rem' } },
  },
})

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': '#1a2328',
    '--mantine-color-dimmed': '#56636b',
    '--mantine-color-placeholder': '#66737b',
    '--mantine-color-error': '#b42318',
  },
  dark: {
    '--mantine-color-dimmed': '#9aa7af',
    '--mantine-color-placeholder': '#8b98a0',
    '--mantine-color-error': '#ff8a7a',
  },
})
