import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { dbtProjectFile } from '../../src/project/schema/dbt-project-file.ts'
import { pipelineFile } from '../../src/project/schema/pipeline-file.ts'
import { profilesFile } from '../../src/project/schema/profiles-file.ts'
import { propertiesFile } from '../../src/project/schema/properties-file.ts'
import { waterworksFile } from '../../src/project/schema/waterworks-file.ts'

const files = { dbtProjectFile, pipelineFile, profilesFile, propertiesFile, waterworksFile }

describe.each(Object.entries(files))('%s', (_name, schema) => {
  it('can be given to editors as a JSON Schema', () => {
    const exported = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
    expect(exported.title).toBeTypeOf('string')
    expect(exported.type).toBe('object')
  })
})

it('describes every key of the pipeline template', () => {
  const lacking: string[] = []
  const visit = (schema: unknown, path: string): void => {
    if (schema instanceof z.ZodOptional) visit(schema.unwrap(), path)
    if (!(schema instanceof z.ZodObject)) return
    for (const [key, field] of Object.entries(schema.shape)) {
      if (field instanceof z.ZodType && field.description === undefined) lacking.push(`${path}.${key}`)
      visit(field, `${path}.${key}`)
    }
  }
  visit(pipelineFile.shape.pipeline, 'pipeline')
  expect(lacking).toEqual([])
})
