'use client'

import { useEffect, useRef } from 'react'
import { Card, CardBody } from '@/components/ui/card'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'
import type { Draft } from '../draft/use-draft'

/** The name of the campaign. That of a new one is only proposed, and selected: what is typed takes its place. */
export function NameCard({ draft: { id, values, saving, change } }: { draft: Draft }) {
  const input = useRef<HTMLInputElement>(null)
  const isNew = useRef(id === null)
  useEffect(() => {
    if (isNew.current) input.current?.select()
    isNew.current = false
  }, [])
  return (
    <Card>
      <CardBody className="pt-4">
        <Field label="Campaign name" error={saving.invalid.name}>
          <Input
            ref={input}
            value={values.name}
            maxLength={120}
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
      </CardBody>
    </Card>
  )
}
