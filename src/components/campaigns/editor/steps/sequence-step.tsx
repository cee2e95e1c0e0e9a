'use client'

import { useState } from 'react'
import { useTemplateChoices, useWorkflowChoices } from '@/components/lists/use-choices'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Combobox } from '@/components/ui/fields/combobox'
import { Field } from '@/components/ui/fields/field'
import { RadioCards } from '@/components/ui/fields/radio-cards'
import { Stack } from '@/components/ui/layout'
import { formatOf } from '@/components/ui/numbers'
import { Skeleton } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { subjectWords } from '@/domain/templates/title'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { DraftValues } from '../draft/draft-values'
import type { Draft } from '../draft/use-draft'
import { OwnSequence } from './own-sequence'
import { SequenceSteps } from './sequence-steps'
import { AfterReply, EmailedBefore } from './who-is-left-out'

type Kind = 'own' | 'workflow' | 'template'

const KINDS = [
  { value: 'own', label: 'Write it here', hint: 'Emails of this campaign alone' },
  { value: 'workflow', label: 'A workflow', hint: 'Several emails, days apart' },
  { value: 'template', label: 'A single template', hint: 'One email to each lead' },
] as const

const kindOf = ({ useWorkflow, workflowId }: DraftValues): Kind =>
  useWorkflow ? (workflowId ? 'workflow' : 'own') : 'template'

/** The emails to send, their order and distance: written here, or one of those that are there. */
export function SequenceStep({ draft }: { draft: Draft }) {
  const { values, change } = draft
  // Looking for another sequence changes nothing before one is chosen.
  const [picked, setPicked] = useState<Kind | null>(null)
  const kind = picked ?? kindOf(values)
  const choose = (next: Kind) => {
    setPicked(next)
    if (next === 'template' && values.emailTemplateId) change({ useWorkflow: false })
    if (next === 'workflow' && values.workflowId) change({ useWorkflow: true })
    if (next === 'own' && kindOf(values) !== 'own') {
      const written = values.ownSteps.length > 0 ? { ownSteps: values.ownSteps } : {}
      change({ useWorkflow: true, workflowId: null, ...written })
    }
  }
  return (
    <Stack>
      <Card className="max-w-[720px]">
        <CardHeader title="What is sent" />
        <CardBody className="grid gap-4">
          <RadioCards
            legend={<span className="sr-only">Kind of sequence</span>}
            columns={3}
            value={kind}
            onValueChange={choose}
            options={KINDS}
          />
          {kind === 'workflow' && <WorkflowChoice draft={draft} />}
          {kind === 'template' && <SingleChoice draft={draft} />}
        </CardBody>
      </Card>
      {kind === 'own' && <OwnSequence draft={draft} />}
      <Stack className="max-w-[720px]">
        {kind === 'workflow' && values.useWorkflow && values.workflowId && (
          <WorkflowSteps workflowId={values.workflowId} />
        )}
        {kind === 'template' && !values.useWorkflow && values.emailTemplateId && (
          <SingleStep templateId={values.emailTemplateId} />
        )}
        <AfterReply draft={draft} />
        <EmailedBefore draft={draft} />
      </Stack>
    </Stack>
  )
}

function WorkflowChoice({ draft: { values, change } }: { draft: Draft }) {
  const workflows = useWorkflowChoices(values.workflowId ? [values.workflowId] : [])
  return (
    <>
      {Boolean(workflows.error) && <ErrorState title={messageOf(workflows.error)} />}
      <Field
        label="Workflow"
        aside={
          <TextLink href={routes.workflows} quiet>
            All workflows
          </TextLink>
        }
      >
        <Combobox
          value={values.workflowId}
          onValueChange={(workflowId) => change({ useWorkflow: true, workflowId })}
          placeholder="Choose a workflow"
          onTyped={workflows.type}
          empty={!workflows.rows ? 'Loading' : 'No workflow of this name.'}
          options={(workflows.rows ?? []).map(({ id, name, steps, days }) => ({
            value: id,
            label: name,
            hint: steps > 1 ? `${steps} steps over ${formatOf(days, 'day')}` : formatOf(steps, 'step'),
          }))}
        />
      </Field>
    </>
  )
}

function SingleChoice({ draft: { values, change } }: { draft: Draft }) {
  const templates = useTemplateChoices(values.emailTemplateId ? [values.emailTemplateId] : [])
  return (
    <>
      {Boolean(templates.error) && <ErrorState title={messageOf(templates.error)} />}
      <Field
        label="Template"
        aside={
          <TextLink href={routes.templates} quiet>
            All templates
          </TextLink>
        }
      >
        <Combobox
          value={values.emailTemplateId}
          onValueChange={(emailTemplateId) => change({ useWorkflow: false, emailTemplateId })}
          placeholder="Choose a template"
          onTyped={templates.type}
          empty={!templates.rows ? 'Loading' : 'No template of this name.'}
          options={(templates.rows ?? []).map(({ id, name, subject }) => ({
            value: id,
            label: name,
            hint: subjectWords(subject),
          }))}
        />
      </Field>
    </>
  )
}

function WorkflowSteps({ workflowId }: { workflowId: string }) {
  const workflow = api.workflows.get.useQuery({ id: workflowId })
  return (
    <Card>
      <CardHeader
        title="Steps"
        aside={
          <TextLink href={routes.workflow(workflowId)} quiet>
            Edit workflow
          </TextLink>
        }
      />
      <Loaded query={workflow}>{(data) => <SequenceSteps steps={data.steps} />}</Loaded>
    </Card>
  )
}

function SingleStep({ templateId }: { templateId: string }) {
  const template = api.templates.get.useQuery({ id: templateId })
  return (
    <Card>
      <CardHeader
        title="Steps"
        aside={
          <TextLink href={routes.template(templateId)} quiet>
            Edit template
          </TextLink>
        }
      />
      <Loaded query={template}>
        {({ id, name, subject }) => (
          <SequenceSteps
            steps={[
              {
                stepNumber: 1,
                templateId: id,
                templateName: name,
                subject,
                daysAfterPrevious: 0,
                replyInThread: false,
              },
            ]}
          />
        )}
      </Loaded>
    </Card>
  )
}

function Loaded<Data>({
  query: { data, error },
  children,
}: {
  query: { data: Data | undefined; error: unknown }
  children: (data: Data) => React.ReactNode
}) {
  if (error) return <ErrorState title={messageOf(error)} className="m-4" />
  if (data === undefined) return <Skeleton className="m-[18px] h-24" />
  return <>{children(data)}</>
}
