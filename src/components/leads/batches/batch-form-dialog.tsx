'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useId } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/fields/field'
import { Input, Textarea } from '@/components/ui/fields/input'
import { Dialog } from '@/components/ui/overlays/dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { routes } from '@/routes'
import { api } from '@/trpc/react'
import { useRefreshLeads } from '../actions/use-lead-actions'
import { Refusal } from '../refusal'

/** Makes an empty batch, or renames one. */
export function BatchFormDialog({
  batch,
  open,
  onOpenChange,
}: {
  batch?: { id: string; name: string; description: string | null }
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const formId = useId()
  const router = useRouter()
  const refresh = useRefreshLeads()
  const create = api.batches.create.useMutation()
  const update = api.batches.update.useMutation()
  const error = create.error ?? update.error
  const close = (next: boolean) => {
    create.reset()
    update.reset()
    onOpenChange(next)
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const words = { name: String(data.get('name') ?? ''), description: String(data.get('description') ?? '') || null }
    if (batch) {
      update.mutate(
        { id: batch.id, ...words },
        {
          onSuccess: () => {
            close(false)
            notifyDone('Batch saved.')
            void refresh()
          },
        },
      )
    } else {
      create.mutate(words, {
        onSuccess: ({ id }) => {
          close(false)
          notifyDone('Batch made.')
          void refresh()
          router.push(routes.batch(id))
        },
      })
    }
  }
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={batch ? 'Edit batch' : 'New batch'}
      footer={
        <>
          <Button onClick={() => close(false)}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} pending={create.isPending || update.isPending}>
            {batch ? 'Save' : 'Make batch'}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="grid gap-3">
        <Field label="Name" required>
          <Input name="name" defaultValue={batch?.name ?? ''} required maxLength={200} autoComplete="off" />
        </Field>
        <Field label="Description" optional>
          <Textarea name="description" rows={3} defaultValue={batch?.description ?? ''} maxLength={2_000} />
        </Field>
        {error && <Refusal error={error} />}
      </form>
    </Dialog>
  )
}
