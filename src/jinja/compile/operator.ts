import type {
  ComparisonNode,
  ComparisonOperator,
  ConditionalNode,
  LogicalNode,
  OperatorNode,
} from '../ast/operator.ts'
import { locate } from '../runtime/failure.ts'
import type { Frame } from '../runtime/frame.ts'
import { binary, unary } from '../values/arithmetic.ts'
import { contains } from '../values/contains.ts'
import { isEqual } from '../values/equality.ts'
import { inOrder } from '../values/order.ts'
import { isTrue } from '../values/size.ts'
import { textOf } from '../values/text.ts'
import { Undefined } from '../values/undefined.ts'
import { apply, applyAll, applyTwo, type Code, whenArrived } from './code.ts'
import type { Compiler } from './compiler.ts'

export function compileOperator(node: OperatorNode, compiler: Compiler): Code {
  const { source } = compiler
  switch (node.kind) {
    case 'binary': {
      const { operator } = node
      const [left, right] = [compiler.expression(node.left), compiler.expression(node.right)]
      return applyTwo(source, node.at, left, right, (a, b) => binary(operator, a, b))
    }
    case 'unary': {
      const { operator } = node
      const operand = compiler.expression(node.operand)
      if (operator === 'not') return apply(source, node.at, operand, (value) => !isTrue(value))
      return apply(source, node.at, operand, (value) => unary(operator, value))
    }
    case 'concat': {
      const operands = node.operands.map((operand) => compiler.expression(operand))
      return applyAll(source, node.at, operands, (values) => values.map(textOf).join(''))
    }
    case 'logical':
      return compileLogical(node, compiler)
    case 'comparison':
      return compileComparison(node, compiler)
    case 'conditional':
      return compileConditional(node, compiler)
  }
}

function compileLogical(node: LogicalNode, compiler: Compiler): Code {
  const [left, right] = [compiler.expression(node.left), compiler.expression(node.right)]
  const stopsAt = node.operator === 'or'
  return {
    mayWait: left.mayWait || right.mayWait,
    run: (frame) =>
      whenArrived(left.run(frame), (value) => (isTrue(value) === stopsAt ? value : right.run(frame))),
  }
}

function compileComparison(node: ComparisonNode, compiler: Compiler): Code {
  const { source } = compiler
  const first = compiler.expression(node.first)
  const rest = node.rest.map(({ operator, operand }) => ({ operator, operand: compiler.expression(operand) }))
  const [only] = rest
  if (rest.length === 1 && only) {
    return applyTwo(source, node.at, first, only.operand, (a, b) => compareValues(only.operator, a, b))
  }
  const links = rest.map(({ operator, operand }) => ({
    operand,
    holds: (left: unknown, right: unknown, frame: Frame) => {
      try {
        return compareValues(operator, left, right)
      } catch (error) {
        throw locate(error, source, node.at, frame)
      }
    },
  }))
  // An operand after a link that does not hold is never evaluated.
  const from = (frame: Frame, index: number, left: unknown): unknown => {
    const link = links[index]
    if (!link) return true
    return whenArrived(link.operand.run(frame), (right) =>
      link.holds(left, right, frame) ? from(frame, index + 1, right) : false,
    )
  }
  return {
    mayWait: first.mayWait || rest.some(({ operand }) => operand.mayWait),
    run: (frame) => whenArrived(first.run(frame), (value) => from(frame, 0, value)),
  }
}

function compareValues(operator: ComparisonOperator, a: unknown, b: unknown): boolean {
  switch (operator) {
    case '==':
      return isEqual(a, b)
    case '!=':
      return !isEqual(a, b)
    case 'in':
      return contains(b, a)
    case 'not in':
      return !contains(b, a)
    default:
      return inOrder(operator, a, b)
  }
}

function compileConditional(node: ConditionalNode, compiler: Compiler): Code {
  const condition = compiler.expression(node.condition)
  const { yes, no } = compiler.conditionally(() => ({
    yes: compiler.expression(node.yes),
    no: node.no && compiler.expression(node.no),
  }))
  const message = 'the inline if-expression evaluated to false and no else section was defined.'
  return {
    mayWait: condition.mayWait || yes.mayWait || no?.mayWait === true,
    run: (frame) =>
      whenArrived(condition.run(frame), (value) =>
        isTrue(value) ? yes.run(frame) : no ? no.run(frame) : new Undefined(message),
      ),
  }
}
