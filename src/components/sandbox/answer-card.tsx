'use client'

import { Ban, CircleX, Clock, Reply } from 'lucide-react'
import { useState } from 'react'
import { effectWords, kindWords } from '@/components/leads/lead/received-text'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Chip } from '@/components/ui/chip'
import { ErrorState } from '@/components/ui/error-state'
import { notifyDone, notifyFailed } from '@/components/ui/overlays/toast'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import type { SandboxAnswer } from '@/domain/conversation/sandbox-answer'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import { AwayDialog, ReplyDialog } from './answer-dialogs'
import type { SandboxAnswers } from './api-types'

const SOON_MS = 1_000

/** Lets a person answer in the lead's place, and shows what each answer did once it is read. */
export function AnswerCard({ id, zone }: { id: string; zone: string }) {
  const utils = api.useUtils()
  const [asked, setAsked] = useState<'reply' | 'out_of_office' | null>(null)
  const answers = api.sandbox.answers.useQuery(
    { id },
    { refetchInterval: ({ state }) => (state.data?.rows.some(({ read }) => read === null) ? SOON_MS : false) },
  )
  const give = api.sandbox.answer.useMutation({
    onSuccess: () => {
      setAsked(null)
      notifyDone('The answer has arrived in the mailbox.', { description: 'It is read in a moment.' })
    },
    onError: (error) => notifyFailed(messageOf(error)),
    onSettled: () => utils.sandbox.answers.invalidate({ id }),
  })
  const answer = (given: SandboxAnswer) => give.mutate({ id, answer: given })
  if (answers.error && !answers.data) {
    return <ErrorState title={messageOf(answers.error)} untouched="No answer was given." />
  }
  if (!answers.data) return null
  const { lead, refused, rows } = answers.data
  return (
    <Card aria-labelledby="answers">
      <CardHeader id="answers" title="Answers to this email" />
      <CardBody className="grid gap-3">
        {lead ? (
          <>
            <p className="text-ink-2 [overflow-wrap:anywhere]">
              Try what an answer of <TextLink href={routes.lead(lead.id)}>{lead.name || lead.email}</TextLink> does. It
              is read as one from a mail server is, and counts like one.
            </p>
            <div className="flex flex-wrap gap-2">
              <Button icon={Reply} onClick={() => setAsked('reply')}>
                Answer as this lead
              </Button>
              <Button icon={Clock} onClick={() => setAsked('out_of_office')}>
                Out of office
              </Button>
              <Button icon={Ban} disabled={give.isPending} onClick={() => answer({ kind: 'stop_request' })}>
                Ask to be removed
              </Button>
              <Button icon={CircleX} disabled={give.isPending} onClick={() => answer({ kind: 'bounce' })}>
                Bounce
              </Button>
            </div>
          </>
        ) : (
          <p className="text-ink-3">{refused}</p>
        )}
      </CardBody>
      {rows.length > 0 && (
        <ol aria-live="polite" className="divide-y border-t text-control">
          {rows.map((row) => (
            <Given key={row.uid} row={row} zone={zone} />
          ))}
        </ol>
      )}
      <ReplyDialog open={asked === 'reply'} pending={give.isPending} onClose={() => setAsked(null)} onAnswer={answer} />
      <AwayDialog
        open={asked === 'out_of_office'}
        pending={give.isPending}
        onClose={() => setAsked(null)}
        onAnswer={answer}
      />
    </Card>
  )
}

const GIVEN: Readonly<Record<SandboxAnswers['rows'][number]['kind'], string>> = {
  reply: 'Answer of the lead',
  stop_request: 'Wish to be removed',
  out_of_office: 'Out of office',
  bounce: 'Bounce',
}

function Given({ row: { kind, receivedAt, read }, zone }: { row: SandboxAnswers['rows'][number]; zone: string }) {
  const taken = read && kindWords(read.kind)
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1.5 px-[18px] py-2.5">
      <div className="min-w-0 flex-1 basis-56 [overflow-wrap:anywhere]">
        <p className="font-medium">
          {read?.conversationId ? (
            <TextLink href={routes.inbox({ scope: 'everything', id: read.conversationId })}>{GIVEN[kind]}</TextLink>
          ) : (
            GIVEN[kind]
          )}
        </p>
        <p className="text-caption text-ink-2">
          {read ? effectWords(read.effects).join(' ') : 'Not read yet: the worker reads it in a moment.'}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {taken && (
          <Chip tone={taken.tone} icon={taken.icon}>
            {taken.word}
          </Chip>
        )}
        <span className="text-caption text-ink-3">
          <Time at={receivedAt} zone={zone} />
        </span>
      </div>
    </li>
  )
}
