import type { Config } from 'tailwindcss'
import plugin from 'tailwindcss/plugin'

/**
 * The design tokens, and the only place a colour, a size of type or a radius is written down. OKLCH; light first.
 * One neutral (cool ink), one accent (teal), five status hues: nothing else has a colour.
 *
 * Contrast, measured: `ink`, `ink-2`, `ink-3` and every `*-ink` reach 4.5:1 as text on page, surface, sunken and the soft
 * grounds; `field` reaches 3:1 on surface, because a border is all that shows where an empty input is.
 */
const light = {
  page: 'oklch(98.6% 0.003 230)',
  surface: 'oklch(100% 0 0)',
  sunken: 'oklch(96.6% 0.005 230)',
  line: 'oklch(91.5% 0.007 230)',
  'line-strong': 'oklch(84% 0.01 230)',
  field: 'oklch(65.5% 0.014 230)',
  ink: 'oklch(24% 0.025 245)',
  'ink-2': 'oklch(46% 0.022 240)',
  'ink-3': 'oklch(52% 0.018 240)',
  accent: 'oklch(52% 0.095 195)',
  'accent-hover': 'oklch(47% 0.088 196)',
  'accent-ink': 'oklch(99% 0.005 195)',
  'accent-soft': 'oklch(95% 0.025 195)',
  sent: 'oklch(58% 0.105 175)',
  'sent-ink': 'oklch(50% 0.095 175)',
  'sent-soft': 'oklch(95.5% 0.03 175)',
  pending: 'oklch(80% 0.045 230)',
  held: 'oklch(74% 0.13 75)',
  'held-ink': 'oklch(54% 0.115 68)',
  'held-soft': 'oklch(96% 0.04 85)',
  failed: 'oklch(60% 0.17 25)',
  'failed-ink': 'oklch(53% 0.18 25)',
  'failed-soft': 'oklch(95.5% 0.025 25)',
  skipped: 'oklch(72% 0.012 240)',
  'on-failed': 'oklch(99% 0.005 25)',
  scrim: 'oklch(24% 0.025 245 / 0.32)',
}

const dark: typeof light = {
  page: 'oklch(18.5% 0.014 240)',
  surface: 'oklch(22% 0.016 240)',
  sunken: 'oklch(25.5% 0.017 240)',
  line: 'oklch(30% 0.017 240)',
  'line-strong': 'oklch(38% 0.02 240)',
  field: 'oklch(52.5% 0.02 240)',
  ink: 'oklch(95% 0.006 230)',
  'ink-2': 'oklch(77% 0.014 235)',
  'ink-3': 'oklch(68% 0.015 235)',
  accent: 'oklch(75% 0.105 190)',
  'accent-hover': 'oklch(80% 0.1 190)',
  'accent-ink': 'oklch(20% 0.03 200)',
  'accent-soft': 'oklch(30% 0.04 195)',
  sent: 'oklch(70% 0.11 175)',
  'sent-ink': 'oklch(74% 0.11 175)',
  'sent-soft': 'oklch(30% 0.04 175)',
  pending: 'oklch(47% 0.04 235)',
  held: 'oklch(78% 0.13 78)',
  'held-ink': 'oklch(80% 0.125 78)',
  'held-soft': 'oklch(31% 0.045 75)',
  failed: 'oklch(69% 0.16 25)',
  'failed-ink': 'oklch(75% 0.13 25)',
  'failed-soft': 'oklch(30% 0.06 25)',
  skipped: 'oklch(53% 0.012 240)',
  'on-failed': 'oklch(20% 0.03 25)',
  scrim: 'oklch(0% 0 0 / 0.5)',
}

const lightShadows = {
  'shadow-rest': '0 1px 2px oklch(24% 0.025 245 / 0.05), 0 1px 1px oklch(24% 0.025 245 / 0.03)',
  'shadow-float': '0 8px 24px oklch(24% 0.025 245 / 0.12), 0 2px 6px oklch(24% 0.025 245 / 0.06)',
}
const darkShadows: typeof lightShadows = {
  'shadow-rest': '0 1px 2px oklch(0% 0 0 / 0.3)',
  'shadow-float': '0 8px 24px oklch(0% 0 0 / 0.5), 0 2px 6px oklch(0% 0 0 / 0.3)',
}

const variables = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`--${name}`, value]))

const lightRoot = { colorScheme: 'light', ...variables(light), ...variables(lightShadows) }
const darkRoot = { colorScheme: 'dark', ...variables(dark), ...variables(darkShadows) }

export default {
  content: ['./src/**/*.{ts,tsx}'],
  theme: {
    colors: {
      transparent: 'transparent',
      current: 'currentColor',
      ...Object.fromEntries(Object.keys(light).map((name) => [name, `var(--${name})`])),
    },
    fontSize: {
      caption: ['12px', '16px'],
      control: ['13px', '20px'],
      body: ['14px', '22px'],
      title: ['16px', '24px'],
      heading: ['22px', { lineHeight: '28px', letterSpacing: '-0.012em' }],
      figure: ['28px', { lineHeight: '32px', letterSpacing: '-0.02em' }],
    },
    fontWeight: { normal: '400', medium: '500', semibold: '600' },
    borderRadius: { none: '0', small: '6px', control: '7px', card: '10px', full: '9999px' },
    boxShadow: { none: 'none', rest: 'var(--shadow-rest)', float: 'var(--shadow-float)' },
    fontFamily: {
      sans: ['Inter Variable', 'ui-sans-serif', 'system-ui', 'sans-serif'],
      mono: ['ui-monospace', 'SFMono-Regular', 'Menlo', 'Consolas', 'monospace'],
    },
    extend: { transitionDuration: { DEFAULT: '150ms' } },
  },
  plugins: [
    plugin(({ addBase }) => {
      addBase({
        ':root': lightRoot,
        '@media (prefers-color-scheme: dark)': { ":root:not([data-theme='light'])": darkRoot },
        "[data-theme='dark']": darkRoot,
      })
    }),
  ],
} satisfies Config
