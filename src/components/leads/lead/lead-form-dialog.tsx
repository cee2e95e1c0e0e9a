'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useEffect, useId, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import { Dialog } from '@/components/ui/overlays/dialog'
import { notifyDone } from '@/components/ui/overlays/toast'
import { countryName } from '@/domain/lead/country'
import { FIELD_LABELS, LEAD_DETAILS, LEAD_FIELDS, type LeadField } from '@/domain/lead/fields'
import { routes } from '@/routes'
import { api, detailsOf, messageOf } from '@/trpc/react'
import { useRefreshLeads } from '../actions/use-lead-actions'
import type { LeadDetails } from '../api-types'
import { Refusal } from '../refusal'

const WIDE: ReadonlySet<LeadField> = new Set(['email', 'linkedinUrl'])

/** Makes a lead, or changes the details of one. Custom fields have their own dialog. */
export function LeadFormDialog({
  lead,
  batchId,
  open,
  onOpenChange,
}: {
  /** The lead that is changed; without it one is made. */
  lead?: LeadDetails
  /** Where a new lead is put. */
  batchId?: string
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const formId = useId()
  const { form, submit, close, error, wrongField, pending } = useLeadForm({ lead, batchId, onOpenChange })
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      wide
      title={lead ? 'Edit lead' : 'Add lead'}
      description={lead ? 'Planned emails use what stands here when they go out.' : 'Only the address is needed.'}
      footer={
        <>
          <Button onClick={() => close(false)}>Cancel</Button>
          <Button variant="primary" type="submit" form={formId} pending={pending}>
            {lead ? 'Save' : 'Add lead'}
          </Button>
        </>
      }
    >
      <form ref={form} id={formId} onSubmit={submit} noValidate className="grid gap-3 sm:grid-cols-2">
        {LEAD_FIELDS.map((field) => (
          <LeadInput
            key={field}
            field={field}
            lead={lead}
            error={wrongField === field ? messageOf(error) : undefined}
          />
        ))}
        {error && !wrongField && <Refusal className="sm:col-span-2" error={error} />}
      </form>
    </Dialog>
  )
}

function useLeadForm({
  lead,
  batchId,
  onOpenChange,
}: {
  lead: LeadDetails | undefined
  batchId: string | undefined
  onOpenChange: (open: boolean) => void
}) {
  const router = useRouter()
  const refresh = useRefreshLeads()
  const create = api.leads.create.useMutation()
  const update = api.leads.update.useMutation()
  const error = create.error ?? update.error
  const wrongField = fieldOf(error)
  const form = useRef<HTMLFormElement>(null)
  // The field may be out of sight, far above the button.
  useEffect(() => {
    const control = wrongField && error ? form.current?.elements.namedItem(wrongField) : null
    if (control instanceof HTMLElement) control.focus()
  }, [wrongField, error])

  const close = (next: boolean) => {
    create.reset()
    update.reset()
    onOpenChange(next)
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const text = (field: LeadField) => String(data.get(field) ?? '')
    const details = Object.fromEntries(LEAD_DETAILS.map((field) => [field, text(field) || null]))
    const saved = (id: string, words: string) => {
      close(false)
      notifyDone(words)
      void refresh()
      if (!lead && !batchId) router.push(routes.lead(id))
    }
    if (lead) {
      update.mutate(
        { id: lead.id, email: text('email'), ...details },
        { onSuccess: ({ id }) => saved(id, 'Lead saved.') },
      )
    } else {
      create.mutate(
        { email: text('email'), ...details, ...(batchId ? { batchId } : {}) },
        {
          onSuccess: ({ id, mailedBefore }) =>
            saved(id, mailedBefore ? 'Lead added. Its address was emailed before.' : 'Lead added.'),
        },
      )
    }
  }
  return { form, submit, close, error, wrongField, pending: create.isPending || update.isPending }
}

function LeadInput({
  field,
  lead,
  error,
}: {
  field: LeadField
  lead: LeadDetails | undefined
  error: string | undefined
}) {
  return (
    <Field
      label={FIELD_LABELS[field]}
      required={field === 'email'}
      error={error}
      className={WIDE.has(field) ? 'sm:col-span-2' : ''}
    >
      <Input
        name={field}
        defaultValue={field === 'country' ? countryName(lead?.country ?? '') : (lead?.[field] ?? '')}
        inputMode={field === 'email' ? 'email' : field === 'phone' ? 'tel' : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={field === 'email' ? 1_000 : 500}
      />
    </Field>
  )
}

function fieldOf(error: unknown): string | null {
  const details = detailsOf(error)
  const field = details?.field ?? (details?.email && !details?.kind ? 'email' : null)
  return LEAD_FIELDS.find((known) => known === field) ?? null
}
