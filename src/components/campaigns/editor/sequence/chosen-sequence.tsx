'use client'

import { useEffect } from 'react'
import { useTemplateChoices, useWorkflowChoices } from '@/components/lists/use-choices'
import { Card, CardHeader } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Combobox } from '@/components/ui/fields/combobox'
import { Field } from '@/components/ui/fields/field'
import { formatOf } from '@/components/ui/numbers'
import { Skeleton } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { subjectWords } from '@/domain/templates/title'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { Draft } from '../draft/use-draft'
import { SequenceSteps } from './sequence-steps'

/** The workflow or the single template that is sent. */
export function SequenceChoice({ kind, draft }: { kind: 'workflow' | 'template'; draft: Draft }) {
  return kind === 'workflow' ? <WorkflowChoice draft={draft} /> : <SingleChoice draft={draft} />
}

/** The steps of what was chosen; nothing before. */
export function ChosenSteps({ draft: { values } }: { draft: Draft }) {
  const { useWorkflow, workflowId, emailTemplateId } = values
  if (useWorkflow) return workflowId && <WorkflowSteps workflowId={workflowId} />
  return emailTemplateId && <SingleStep templateId={emailTemplateId} />
}

function WorkflowChoice({ draft: { values, change } }: { draft: Draft }) {
  const workflows = useWorkflowChoices(values.workflowId ? [values.workflowId] : [])
  // Where there is one to choose, it is chosen; not in the place of emails that were written.
  const untouched = values.workflowId === null && values.ownSteps.length === 0
  const only = untouched && workflows.total === 1 ? workflows.rows?.[0]?.id : undefined
  useEffect(() => {
    if (only) change({ useWorkflow: true, workflowId: only })
  }, [only, change])
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
