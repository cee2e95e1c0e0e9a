'use client'

import { useZone } from '@/components/hooks/use-zone'
import { Button } from '@/components/ui/button'
import { Card, CardFooter, CardHeader } from '@/components/ui/card'
import { Chip } from '@/components/ui/chip'
import { Cell } from '@/components/ui/data/cell'
import { type Column, DataTable } from '@/components/ui/data/data-table'
import { formatOf } from '@/components/ui/numbers'
import { notifyDone, notifyFailed } from '@/components/ui/overlays/toast'
import { Time } from '@/components/ui/time'
import { type ApiOutputs, api, messageOf } from '@/trpc/react'
import { deviceWords } from './device-words'

type OwnSession = ApiOutputs['account']['get']['sessions'][number]

/** Where a person is signed in, each with a button that ends it. */
export function SessionsCard({ sessions }: { sessions: readonly OwnSession[] }) {
  const utils = api.useUtils()
  const zone = useZone()
  const refresh = () => utils.account.get.invalidate()
  const onError = (error: unknown) => notifyFailed(messageOf(error))
  const end = api.account.endSession.useMutation({
    onSuccess: () => notifyDone('The session has ended.'),
    onError,
    onSettled: refresh,
  })
  const endOthers = api.account.endOtherSessions.useMutation({
    onSuccess: ({ ended }) => notifyDone(`${formatOf(ended, 'session')} ended.`),
    onError,
    onSettled: refresh,
  })
  const others = sessions.filter(({ isThis }) => !isThis).length
  return (
    <Card aria-labelledby="sessions">
      <CardHeader id="sessions" title="Where you are signed in" />
      <DataTable
        caption="Sessions"
        columns={columns(zone, (session) => end.mutate({ id: session.id }))}
        rows={sessions}
        rowKey={({ id }) => id}
      />
      {others > 0 && (
        <CardFooter>
          <Button pending={endOthers.isPending} onClick={() => endOthers.mutate()}>
            End {formatOf(others, 'other session')}
          </Button>
        </CardFooter>
      )}
    </Card>
  )
}

const columns = (zone: string, onEnd: (session: OwnSession) => void): Column<OwnSession>[] => [
  {
    key: 'device',
    header: 'Browser',
    cell: ({ userAgent, ipAddress, isThis }) => (
      <Cell note={ipAddress || 'address unknown'}>
        {deviceWords(userAgent)}
        {isThis && <Chip className="ml-2">This one</Chip>}
      </Cell>
    ),
  },
  {
    key: 'since',
    header: `Since (${zone})`,
    cell: ({ createdAt }) => <Time at={createdAt} zone={zone} zoneSaid className="whitespace-nowrap" />,
  },
  {
    key: 'end',
    header: <span className="sr-only">End</span>,
    card: 'corner',
    className: 'sm:w-px sm:pl-0 sm:pr-2.5',
    cell: (session) =>
      !session.isThis && (
        <Button
          size="sm"
          onClick={() => onEnd(session)}
          aria-label={`End the session in ${deviceWords(session.userAgent)}`}
        >
          End
        </Button>
      ),
  },
]
