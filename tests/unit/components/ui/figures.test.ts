import { readFileSync } from 'node:fs'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { CardHeader } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data/data-table'

it('sets figures of a table in equal widths, and no words, whose hyphens would gape', () => {
  const css = readFileSync('src/app/globals.css', 'utf8')
  expect(/font-feature-settings: ([^;]*);/.exec(css)?.[1]).toBe("'cv11', 'ss03'")
  const table = renderToStaticMarkup(
    createElement(DataTable<{ email: string; sent: number }>, {
      caption: 'Mailboxes',
      rows: [{ email: 'acme-tools.example', sent: 12 }],
      rowKey: ({ email }) => email,
      columns: [
        { key: 'email', header: 'E-mail', cell: ({ email }) => email },
        { key: 'sent', header: 'Sent', cell: ({ sent }) => sent },
      ],
    }),
  )
  const cells = [...table.matchAll(/<td role="cell" class="([^"]*)"/g)].map(([, classes]) => classes?.split(' ') ?? [])
  expect(cells.map((classes) => classes.includes('tabular-nums'))).toEqual([false, true])
})

it('wraps what stands beside the title of a card where it is narrow, instead of covering the title', () => {
  const head = renderToStaticMarkup(createElement(CardHeader, { title: 'Apollo', aside: 'Not tested yet' }))
  const [box, title, aside] = [...head.matchAll(/class="([^"]*)"/g)].map(([, classes]) => classes?.split(' ') ?? [])
  expect(box).toContain('flex-wrap')
  // From its own width on: a title that starts at none never lets the line wrap.
  expect(title).toContain('flex-auto')
  expect(aside).toEqual(expect.arrayContaining(['flex-wrap', 'max-w-full']))
})
