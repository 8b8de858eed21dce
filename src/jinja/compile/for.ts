import type { ForNode } from '../ast/control.ts'
import { locate } from '../runtime/failure.ts'
import type { Frame } from '../runtime/frame.ts'
import { Loop } from '../runtime/loop.ts'
import { Output } from '../runtime/output.ts'
import type { SourceText } from '../syntax/source-text.ts'
import { iterate } from '../values/iterate.ts'
import { isTrue } from '../values/size.ts'
import { type Code, type Completion, type Step, whenArrived } from './code.ts'
import type { Compiler } from './compiler.ts'
import { compileTarget, type Store } from './target.ts'

export function compileFor(node: ForNode, compiler: Compiler): Step {
  const iterable = compiler.expression(node.iterable)
  const loop = new ForLoop(node, compiler)
  return {
    mayWait: iterable.mayWait || loop.mayWait,
    run: (frame) =>
      whenArrived<unknown, Completion>(iterable.run(frame), (items) => loop.run(frame, items, 0)),
  }
}

/** A compiled for: runs its body in a fresh scope for each item. */
class ForLoop {
  readonly mayWait: boolean
  readonly #source: SourceText
  readonly #node: ForNode
  readonly #store: Store
  readonly #condition: Code | undefined
  readonly #body: Step
  readonly #otherwise: Step

  constructor(node: ForNode, compiler: Compiler) {
    this.#source = compiler.source
    this.#node = node
    this.#store = compileTarget(node.target)
    this.#condition = node.condition && compiler.expression(node.condition)
    this.#body = compiler.body(node.body)
    this.#otherwise = compiler.body(node.otherwise)
    this.mayWait = this.#body.mayWait || this.#otherwise.mayWait || this.#condition?.mayWait === true
  }

  run(frame: Frame, items: unknown, depth: number): Completion | Promise<Completion> {
    const all = this.#guard(frame, this.#node.iterable.at, () => iterate(items))
    if (!this.#condition) return this.#iterate(frame, items, all, depth)
    const kept = this.#filter(frame, this.#condition, all)
    return whenArrived<unknown[], Completion>(kept, (chosen) => this.#iterate(frame, chosen, chosen, depth))
  }

  #filter(frame: Frame, condition: Code, all: Iterable<unknown>): unknown[] | Promise<unknown[]> {
    const kept: unknown[] = []
    const verdict = (item: unknown) => {
      const inner = frame.inner()
      this.#assign(inner, item)
      return condition.run(inner)
    }
    const later = async (items: Iterator<unknown>, waiting: unknown, waitedFor: unknown) => {
      if (isTrue(await waiting)) kept.push(waitedFor)
      for (let next = items.next(); !next.done; next = items.next()) {
        if (isTrue(await verdict(next.value))) kept.push(next.value)
      }
      return kept
    }
    const iterator = all[Symbol.iterator]()
    for (let next = iterator.next(); !next.done; next = iterator.next()) {
      const decided = verdict(next.value)
      if (decided instanceof Promise) return later(iterator, decided, next.value)
      if (isTrue(decided)) kept.push(next.value)
    }
    return kept
  }

  #iterate(
    frame: Frame,
    items: unknown,
    all: Iterable<unknown>,
    depth: number,
  ): Completion | Promise<Completion> {
    const loop = this.#node.usesLoop ? new Loop(items, all, depth, this.#recursion(frame, depth)) : undefined
    const iterator = loop ?? all[Symbol.iterator]()
    const advance = () => this.#guard(frame, this.#node.iterable.at, () => iterator.next())
    let next = advance()
    if (next.done) return this.#otherwise.run(frame)
    for (; !next.done; next = advance()) {
      const completion = this.#turn(frame, loop, next.value)
      if (completion instanceof Promise) return this.#finish(frame, loop, advance, completion)
      if (completion === 'break') break
    }
    return undefined
  }

  async #finish(
    frame: Frame,
    loop: Loop | undefined,
    advance: () => IteratorResult<unknown>,
    waiting: Promise<Completion>,
  ): Promise<Completion> {
    let completion = await waiting
    while (completion !== 'break') {
      const next = advance()
      if (next.done) break
      completion = await this.#turn(frame, loop, next.value)
    }
    return undefined
  }

  #turn(frame: Frame, loop: Loop | undefined, item: unknown): Completion | Promise<Completion> {
    const inner = frame.inner()
    if (loop) inner.set('loop', loop)
    this.#assign(inner, item)
    return this.#body.run(inner)
  }

  #assign(frame: Frame, item: unknown): void {
    try {
      this.#store(frame, item)
    } catch (error) {
      throw locate(error, this.#source, this.#node.target.at, frame)
    }
  }

  /** `loop(items)` of a recursive for: runs the loop over them and gives the text. */
  #recursion(frame: Frame, depth: number): ((items: unknown) => unknown) | undefined {
    if (!this.#node.recursive) return undefined
    return (items) => {
      const output = new Output()
      return whenArrived<Completion, string>(
        this.run(frame.capturing(output), items, depth + 1),
        () => output.text,
      )
    }
  }

  #guard<T>(frame: Frame, at: number, action: () => T): T {
    try {
      return action()
    } catch (error) {
      throw locate(error, this.#source, at, frame)
    }
  }
}
