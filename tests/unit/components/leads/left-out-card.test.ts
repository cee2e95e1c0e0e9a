import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import type { ShownImport } from '@/components/leads/api-types'
import { LeftOutCard } from '@/components/leads/imports/left-out-card'
import { UserProvider } from '@/components/shell/user'
import { ROLES, type Role } from '@/domain/team/roles'

const row = {
  ...{ id: 'i1', rows: 9, place: 9, added: 2, existing: 0, duplicate: 0, invalid: 7, suppressed: 0, optedOut: 0 },
  ...{ refusalsKept: 7, refusals: [] },
} as unknown as ShownImport

const shownTo = (role: Role) => {
  const user = { name: 'Mira', email: 'mira@nexa.example', role }
  return renderToStaticMarkup(UserProvider({ user, children: createElement(LeftOutCard, { row }) }))
}

it('offers the rows that were left out as a file to whoever may have it, and shows them to all', () => {
  for (const role of ROLES) {
    expect(shownTo(role)).toContain('7 rows left out')
    expect([role, shownTo(role).includes('Download as CSV')]).toEqual([role, role !== 'viewer'])
  }
})
