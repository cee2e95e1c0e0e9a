'use client'

import { KeyRound, ShieldCheck, ShieldOff, UserCog, UserMinus } from 'lucide-react'
import { useState } from 'react'
import { useRole } from '@/components/shell/user'
import { Chip } from '@/components/ui/chip'
import { Cell } from '@/components/ui/data/cell'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { Menu } from '@/components/ui/overlays/menu'
import { Time } from '@/components/ui/time'
import { mayGive } from '@/domain/team/people'
import { ROLE_NAMES, type Role } from '@/domain/team/roles'
import type { Person } from './api-types'
import { ChangeRole } from './change-role'
import { EndTwoFactor } from './end-two-factor'
import { RemovePerson } from './remove-person'
import { ResetLink } from './reset-link'

type Act = { kind: 'role' | 'remove' | 'reset' | 'two-factor'; person: Person }

/** The members, with what may be done to each. */
export function PeopleTable({ people, zone }: { people: readonly Person[]; zone: string }) {
  const own = useRole()
  const [act, setAct] = useState<Act | null>(null)
  const personOf = (kind: Act['kind']) => (act?.kind === kind ? act.person : null)
  const close = () => setAct(null)
  return (
    <>
      <DataTable isList caption="People" columns={columns(zone, own, setAct)} rows={people} rowKey={({ id }) => id} />
      <ChangeRole person={personOf('role')} onClose={close} />
      <ResetLink person={personOf('reset')} onClose={close} />
      <EndTwoFactor person={personOf('two-factor')} onClose={close} />
      <RemovePerson person={personOf('remove')} onClose={close} />
    </>
  )
}

const columns = (zone: string, own: Role, setAct: (act: Act) => void): Column<Person>[] => [
  {
    key: 'name',
    header: 'Person',
    cell: ({ name, email, isYou }) => (
      <Cell note={email}>
        <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
        {isYou && <Chip className="ml-2">You</Chip>}
      </Cell>
    ),
  },
  { key: 'role', header: 'Role', align: 'left', cell: ({ role }) => ROLE_NAMES[role] },
  {
    key: 'factor',
    header: 'Second factor',
    align: 'left',
    cell: ({ twoFactor }) =>
      twoFactor ? (
        <Chip tone="sent" icon={ShieldCheck}>
          On
        </Chip>
      ) : (
        <Chip icon={ShieldOff}>Off</Chip>
      ),
  },
  {
    key: 'seen',
    header: `Last day here (${zone})`,
    cell: ({ seenAt }) => (seenAt ? <Time at={seenAt} zone={zone} zoneSaid format="day" /> : 'Not signed in'),
  },
  {
    key: 'since',
    header: `Member since (${zone})`,
    card: 'hidden',
    cell: ({ since }) => <Time at={since} zone={zone} zoneSaid format="day" />,
  },
  {
    key: 'more',
    header: <span className="sr-only">More</span>,
    card: 'corner',
    className: 'sm:w-px sm:pl-0 sm:pr-2.5',
    cell: (person) =>
      mayGive(own, person.role) && (
        <Menu
          label={`More for ${person.name}`}
          align="end"
          items={[
            { label: 'Change role…', icon: UserCog, onSelect: () => setAct({ kind: 'role', person }) },
            ...(own === 'owner' && !person.isYou
              ? [
                  {
                    label: 'Link for a new password…',
                    icon: KeyRound,
                    onSelect: () => setAct({ kind: 'reset', person }),
                  },
                ]
              : []),
            ...(own === 'owner' && !person.isYou && person.twoFactor
              ? [
                  {
                    label: 'Turn off the second factor…',
                    icon: ShieldOff,
                    onSelect: () => setAct({ kind: 'two-factor', person }),
                  },
                ]
              : []),
            'separator',
            {
              label: person.isYou ? 'Remove yourself…' : 'Remove…',
              icon: UserMinus,
              tone: 'danger',
              onSelect: () => setAct({ kind: 'remove', person }),
            },
          ]}
        />
      ),
  },
]
