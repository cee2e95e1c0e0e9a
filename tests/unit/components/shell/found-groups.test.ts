import { expect, it } from 'vitest'
import { groupsOf } from '@/components/shell/palette/found-groups'

const how = { search: 'nord', manages: true }
const hrefs = (groups: ReturnType<typeof groupsOf>) =>
  groups.map(({ heading, rows }) => [heading, rows.map(({ href, name, note }) => [href, name, note])])

it('leads to mailboxes, people, imports, entries of the suppression list and messages of the sandbox', () => {
  const found = groupsOf(
    {
      mailboxes: [{ id: 'm1', name: 'Sales North', fromEmail: 'sales@nord.example' }],
      people: [
        { id: 'u1', name: 'Ada Nord', email: 'ada@nexa.example' },
        { id: 'u2', name: 'Ben', email: 'ben@nord.example' },
      ],
      imports: [{ id: 'i1', fileName: 'nord.csv' }],
      suppressions: [{ id: 's1', value: 'no@nord.example', reason: 'unsubscribed' }],
      messages: [{ id: 'b1', subject: '', toEmail: 'ute@nord.example' }],
    },
    how,
  )
  expect(hrefs(found)).toEqual([
    ['Mailboxes', [['/settings/mailboxes/m1', 'Sales North', 'sales@nord.example']]],
    [
      'People',
      [
        ['/settings/team', 'Ada Nord', 'ada@nexa.example'],
        ['/settings/team', 'Ben', 'ben@nord.example'],
      ],
    ],
    ['Imports', [['/leads/imports/i1', 'nord.csv', '']]],
    ['Suppression list', [['/settings/suppression?search=no%40nord.example', 'no@nord.example', 'Unsubscribed']]],
    ['Sandbox', [['/sandbox/b1', 'No subject', 'ute@nord.example']]],
  ])
  const ids = found.flatMap(({ heading, rows }) => rows.map(({ id }) => `${heading} ${id}`))
  expect(new Set(ids).size).toBe(ids.length)
})

it('leads whoever may not change a mailbox to the list of them, and shows no group without anything', () => {
  const mailboxes = [{ id: 'm1', name: 'Sales', fromEmail: 'sales@nord.example' }]
  expect(hrefs(groupsOf({ mailboxes, leads: [] }, { ...how, manages: false }))).toEqual([
    ['Mailboxes', [['/settings/mailboxes', 'Sales', 'sales@nord.example']]],
  ])
})

it('names an erased entry by what was typed: nothing else of it is known', () => {
  const suppressions = [{ id: 's1', value: null, reason: 'unsubscribed' }]
  expect(hrefs(groupsOf({ suppressions }, { search: 'ute@nord.example', manages: true }))).toEqual([
    ['Suppression list', [['/settings/suppression?search=ute%40nord.example', 'ute@nord.example', 'Unsubscribed']]],
  ])
})
