'use client'

import { useState } from 'react'
import { useHealth } from '@/components/shell/health'
import { useMayManage } from '@/components/shell/user'
import { ButtonLink } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { Split } from '@/components/ui/layout'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { MailboxInput } from '@/domain/mailbox/mailbox-input'
import { routes } from '@/routes'
import { api, detailsOf, messageOf } from '@/trpc/react'
import { AdminOnly } from '../admin-only'
import type { Mailbox, MailboxPreview } from '../api-types'
import { ConnectionCard } from './connection-card'
import { DeleteMailbox } from './delete-mailbox'
import { SandboxBadge } from './mailbox-chips'
import { MailboxForm } from './mailbox-form'
import { mailboxValues } from './mailbox-values'
import { MAILBOX_CRUMBS } from './new-mailbox'
import { SignInCard } from './sign-in-card'

/** One mailbox: what it is set to, how it is, whether its server answers. */
export function EditMailbox({ mailboxId }: { mailboxId: string }) {
  const mailboxes = api.mailboxes.list.useQuery(undefined, { refetchInterval: 10_000 })
  const sandbox = useHealth().data?.mode === 'sandbox'
  const mayManage = useMayManage()
  const mailbox = mailboxes.data?.find(({ id }) => id === mailboxId)
  return (
    <>
      <PageHeader
        crumbs={MAILBOX_CRUMBS}
        title={mailbox?.fromEmail ?? 'Mailbox'}
        status={mailbox && sandbox && <SandboxBadge kind={mailbox.kind} />}
        sub={mailbox?.name}
      />
      {!mayManage ? (
        <AdminOnly>The list of mailboxes shows how each of them is.</AdminOnly>
      ) : mailbox ? (
        <Editor key={mailboxId} mailbox={mailbox} />
      ) : mailboxes.data ? (
        <ErrorState
          title="This mailbox does not exist any more."
          untouched="Nothing was changed."
          action={<ButtonLink href={routes.mailboxes}>Go to the mailboxes</ButtonLink>}
        />
      ) : mailboxes.error ? (
        <ErrorState title={messageOf(mailboxes.error)} untouched="Nothing was changed." />
      ) : (
        <SkeletonRows rows={5} label="Loading the mailbox" />
      )}
    </>
  )
}

const parts = later(() => import('./mailbox-effect'))

type Proposal = { input: MailboxInput; effect: MailboxPreview; movedMeanwhile: boolean }

function Editor({ mailbox }: { mailbox: Mailbox }) {
  const utils = api.useUtils()
  const [touched, setTouched] = useState(false)
  // What the form began with: a list that is read again every few seconds must not overwrite what is typed.
  const [{ initial, round }, setInitial] = useState({ initial: mailboxValues(mailbox), round: 0 })
  const [proposal, setProposal] = useState<Proposal | null>(null)
  const update = api.mailboxes.update.useMutation({
    onSuccess: async () => {
      const list = await utils.mailboxes.list.fetch(undefined, { staleTime: 0 }).catch(() => null)
      const saved = list?.find(({ id }) => id === mailbox.id)
      if (saved) setInitial(({ round }) => ({ initial: mailboxValues(saved), round: round + 1 }))
      setTouched(false)
      setProposal(null)
    },
    onError: (error) => {
      const effect = detailsOf(error)?.effect as MailboxPreview | null | undefined
      if (effect) setProposal((seen) => seen && { ...seen, effect, movedMeanwhile: true })
    },
  })
  const preview = api.mailboxes.previewUpdate.useMutation()
  // What moves emails to other days is shown first.
  const look = (input: MailboxInput) =>
    preview.mutate(
      { mailboxId: mailbox.id, mailbox: input },
      {
        onSuccess: (effect) => {
          if (effect) setProposal({ input, effect, movedMeanwhile: false })
          else update.mutate({ mailboxId: mailbox.id, mailbox: input })
        },
      },
    )
  const refused = proposal?.movedMeanwhile ? null : (preview.error ?? update.error)
  const error = refused ? messageOf(refused) : null
  return (
    <Split
      asideLabel="Connection and health"
      aside={
        <>
          <SignInCard mailbox={mailbox} unsaved={touched} />
          <ConnectionCard mailbox={mailbox} unsaved={touched} />
          <DeleteMailbox mailbox={mailbox} />
        </>
      }
    >
      <MailboxForm
        key={round}
        initial={initial}
        hasPassword={mailbox.hasPassword}
        saving={preview.isPending || update.isPending}
        saved={update.isSuccess && !touched}
        error={proposal ? null : error}
        submitLabel="Save changes"
        onSubmit={look}
        onChange={() => {
          setTouched(true)
          update.reset()
          preview.reset()
        }}
      />
      {proposal && (
        <Deferred part={parts} waiting={null}>
          {({ MailboxEffect }) => (
            <MailboxEffect
              {...proposal}
              mailbox={mailbox}
              saving={update.isPending}
              error={error}
              onSave={() =>
                update.mutate({ mailboxId: mailbox.id, mailbox: proposal.input, seen: proposal.effect.mark })
              }
              onClose={() => setProposal(null)}
            />
          )}
        </Deferred>
      )}
    </Split>
  )
}
