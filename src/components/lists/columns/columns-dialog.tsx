'use client'

import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/fields/checkbox'
import { Dialog } from '@/components/ui/overlays/dialog'
import { api } from '@/trpc/react'
import { CUSTOM_COLUMNS_AT_MOST, customColumn, customFieldsOf } from './list-columns'
import type { ColumnChoice } from './use-list-columns'

/** Which columns the list shows; a choice takes effect at once, and stands in the address. */
export function ColumnsDialog({
  choice: { list, shown, choose },
  open,
  onOpenChange,
}: {
  choice: ColumnChoice
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const custom = api.leads.customFields.useQuery(undefined, { enabled: open && list.customFields === true }).data ?? []
  const full = customFieldsOf(shown).length >= CUSTOM_COLUMNS_AT_MOST
  const toggle = (key: string, on: boolean) => choose(on ? [...shown, key] : shown.filter((one) => one !== key))
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Columns"
      footer={
        <>
          <Button onClick={() => choose(null)}>Standard columns</Button>
          <Button variant="primary" onClick={() => onOpenChange(false)}>
            Close
          </Button>
        </>
      }
    >
      <fieldset className="grid gap-1 sm:grid-cols-2">
        <legend className="mb-1 font-medium text-control">Details</legend>
        {Object.entries(list.labels).map(([key, label]) => (
          <Checkbox
            key={key}
            label={label}
            checked={shown.includes(key)}
            onChange={({ target }) => toggle(key, target.checked)}
          />
        ))}
      </fieldset>
      {custom.length > 0 && (
        <fieldset className="mt-4 grid gap-1 sm:grid-cols-2">
          <legend className="mb-1 font-medium text-control">Custom fields</legend>
          {custom.map((name) => (
            <Checkbox
              key={name}
              label={name}
              checked={shown.includes(customColumn(name))}
              disabled={full && !shown.includes(customColumn(name))}
              onChange={({ target }) => toggle(customColumn(name), target.checked)}
            />
          ))}
        </fieldset>
      )}
    </Dialog>
  )
}
