'use client'

import { Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card, CardBody } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { Mailbox } from '../api-types'

/** Removes the account from this installation; refused while a campaign counts on it. */
export function DeleteMailbox({ mailbox }: { mailbox: Mailbox }) {
  const utils = api.useUtils()
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const remove = api.mailboxes.delete.useMutation({
    onSuccess: async () => {
      notifyDone(`${mailbox.fromEmail} was deleted.`)
      router.push(routes.mailboxes)
      await utils.mailboxes.list.invalidate()
    },
  })
  return (
    <Card>
      <CardBody className="grid justify-items-start gap-2 pt-4">
        <p className="text-ink-2">
          A mailbox that a campaign uses, or whose replies have not all left, cannot be deleted.
        </p>
        <Button icon={Trash2} onClick={() => setOpen(true)}>
          Delete mailbox
        </Button>
      </CardBody>
      <ConfirmDialog
        open={open}
        onOpenChange={(next) => {
          setOpen(next)
          remove.reset()
        }}
        title={`Delete ${mailbox.fromEmail}?`}
        confirmLabel="Delete mailbox"
        tone="danger"
        pending={remove.isPending || remove.isSuccess}
        error={remove.error && messageOf(remove.error)}
        onConfirm={() => remove.mutate({ mailboxId: mailbox.id })}
      >
        Its settings, its password, the messages that were read in it and the replies that were sent from it are removed
        from here. The account at your provider stays as it is.
      </ConfirmDialog>
    </Card>
  )
}
