/** A package that a project asks the hub or a repository for, pinned to what was the newest that fits. */
export interface PinnedPackage {
  /** The name in its dbt_project.yml: its folder in dbt_packages. */
  readonly name: string
  readonly repository: string
  readonly revision: string
}

/** A public dbt project, and how it is run on DuckDB. */
export interface PublicProject {
  readonly name: string
  /** `owner/name` on GitHub. */
  readonly repository: string
  readonly revision: string
  /** Where the project is in the repository; empty for its root. */
  readonly folder: string
  /** The profile that its dbt_project.yml names. */
  readonly profile: string
  /** The schema of the target. */
  readonly schema: string
  readonly packages: readonly PinnedPackage[]
  /** Packages in the repository itself: name, and path from the project. */
  readonly local: Readonly<Record<string, string>>
  /** SQL run on the warehouse beforehand, given the project's folder: data that the project says are there. */
  readonly setup: (folder: string) => readonly string[]
  /** Commands in order, as its own documentation or continuous integration has them. */
  readonly commands: readonly (readonly string[])[]
}
