import { z } from 'zod'
import { odcsFile } from './contract/odcs-file.ts'
import { shortContractFile } from './contract/short-contract-file.ts'
import { dbtProjectFile } from './dbt-project-file.ts'
import { pipelineFile } from './pipeline-file.ts'
import { profilesFile } from './profiles-file.ts'
import { propertiesFile } from './properties-file.ts'
import { waterworksFile } from './waterworks-file.ts'

/** A kind of project file, as editors are told of it. */
export interface SchemaFile {
  readonly schema: z.ZodType
  /** The files it is for, relative to the project folder. */
  readonly files: string
  /** What marks a text that takes its value from outside, and may so stand for any other; as a regular expression. */
  readonly reference?: string
}

const OURS = '\\$\\{'
const OF_DBT = '\\{\\{'

/** Every kind of project file by its name, the one `waterworks schema` takes. */
export const schemaFiles = {
  waterworks: { schema: waterworksFile, files: 'waterworks.yml', reference: OURS },
  pipeline: { schema: pipelineFile, files: 'pipelines/**/*.yml', reference: OURS },
  contract: { schema: z.union([odcsFile(1), shortContractFile]), files: 'contracts/**/*.yml' },
  properties: { schema: propertiesFile, files: 'models/**/*.yml' },
  dbt_project: { schema: dbtProjectFile, files: 'dbt_project.yml', reference: OF_DBT },
  profiles: { schema: profilesFile, files: 'profiles.yml', reference: OF_DBT },
} as const satisfies Readonly<Record<string, SchemaFile>>
