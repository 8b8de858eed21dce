"""Random templates from a seed: expressions and statements over values of every type, valid more often than not."""

import random

CONTEXT = {
    "i": 7,
    "n": -3,
    "z": 0,
    "f": 2.5,
    "s": "Hello World",
    "e": "",
    "l": [3, 1, 2],
    "w": ["b", "A", "c", "a"],
    "d": {"a": 1, "b": {"c": [1, 2]}, "items": "x"},
    "t": (1, "x", None),
    "b": True,
    "o": None,
    "r": [{"k": "x", "v": 2}, {"k": "y", "v": 1}, {"k": "x", "v": 3}],
}

ATOMS = ["0", "1", "2", "-1", "10", "0.5", "1.0", "2.5", "'a'", "'ab c'", "''", "'X'", "none", "true", "false", "[]", "[1, 2]",
         "['a', 'b']", "{'a': 1}", "(1, 2)", "missing", "[1, 'a', none]", "1e10", "'1.5'", "'12'"]
BINARY = ["+", "-", "*", "/", "//", "%", "**", "~", "~", "~", "==", "!=", "<", "<=", ">", ">=", "and", "or", "in", "not in"]
FILTERS = ["length", "upper", "lower", "list", "join(',')", "first", "last", "sort", "string", "int", "float", "default('d')",
           "default('d', true)", "trim", "title", "capitalize", "replace('a', 'b')", "reverse|list", "unique|list", "sum", "min",
           "max", "abs", "round", "round(1)", "tojson", "batch(2)|list", "map('string')|list", "select|list", "reject|list",
           "indent(2)", "center(9)", "wordcount", "truncate(6)", "escape", "items|list", "dictsort", "slice(2)|list",
           "map('upper')|join('-')", "select('string')|list", "urlencode", "format(1)"]
TESTS = ["defined", "none", "string", "number", "mapping", "iterable", "sequence", "odd", "even", "divisibleby(2)", "true", "lower",
         "in([1, 'a'])", "eq(1)", "integer", "float", "boolean", "sameas(none)", "gt(1)", "callable"]
METHODS = ["upper()", "lower()", "title()", "split()", "split('a')", "strip()", "replace('a', 'z')", "startswith('a')",
           "get('a')", "get('zz', 5)", "keys()|list", "values()|list", "items()|list", "count('a')", "index(1)", "find('l')",
           "copy()", "format(1, 2)", "join(['x', 'y'])", "endswith('c')", "zfill(5)", "center(7, '*')", "rsplit(' ', 1)",
           "partition(' ')", "splitlines()", "pop()", "capitalize()", "swapcase()", "isdigit()", "isalpha()"]


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, items):
        return self.random.choice(items)

    def atom(self):
        return self.pick(ATOMS + list(CONTEXT) * 2)

    def expression(self, depth):
        if depth <= 0:
            return self.atom()
        kind = self.random.randrange(13)
        inner = lambda: self.expression(depth - 1)
        if kind <= 2:
            operator = self.pick(BINARY)
            # Exponents stay small: Python would compute the others to the end of time.
            right = self.pick(["2", "3", "0", "-1", "0.5"]) if operator == "**" else inner()
            return f"{inner()} {operator} {right}"
        if kind == 3:
            return f"({inner()})"
        if kind == 4:
            return f"({inner()})|{self.pick(FILTERS)}"
        if kind == 5:
            return f"{self.atom()}|{self.pick(FILTERS)}"
        if kind == 6:
            return f"({inner()}) is {self.pick(['', 'not '])}{self.pick(TESTS)}"
        if kind == 7:
            return f"({inner()}).{self.pick(METHODS)}"
        if kind == 8:
            if self.random.random() < 0.5:
                # Slices of names only: Jinja2 folds `(1)[1:]` to undefined when compiling, but fails at run time.
                return f"{self.pick(list(CONTEXT))}[{self.pick(['1:', ':2', '::-1', '::2', '1:2', '-2:'])}]"
            return f"({inner()})[{self.pick(['0', '-1', repr('a'), repr('b'), '5'])}]"
        if kind == 9:
            return f"({inner()} if {inner()} else {inner()})"
        if kind == 10:
            return self.pick([f"[{inner()}, {inner()}]", f"({inner()}, {inner()})", f"{{'k': {inner()}, 1: {inner()}}}"])
        if kind == 11:
            return f"not {inner()}"
        return f"'{self.pick(['%s', '%r', '%d', '%5s|', '%.2f', '%05d', '%x'])}' % ({inner()})"

    def spaced(self, body, statement):
        left, right = self.pick(["", "", "", "-", "+" if statement else "-"]), self.pick(["", "", "", "-"])
        return f"{{%{left} {body} {right}%}}" if statement else f"{{{{{left} {body} {right}}}}}"

    def statements(self, depth):
        return "".join(self.statement(depth) for _ in range(self.random.randrange(1, 4)))

    def statement(self, depth):
        text = self.pick(["", " ", "\n", " a ", "b\n  ", "\n\n"])
        kind = self.random.randrange(11) if depth > 0 else 0
        tag = lambda body: self.spaced(body, True)
        if kind <= 2:
            return text + self.spaced(self.expression(2), False)
        if kind == 3:
            return text + tag(f"if {self.expression(1)}") + self.statements(depth - 1) + tag("else") + self.statements(depth - 1) + tag("endif")
        if kind == 4:
            items = self.pick(["l", "w", "s", "[1, 2, 3]", "range(3)", "d", "r", "missing", "[]"])
            name = self.pick(["x", "y", "v"])
            mark = self.pick(["loop.index", "loop.last", "loop.first", "loop.length", "loop.revindex0", name, "loop.cycle('p', 'q')", f"loop.changed({name})"])
            return (tag(f"for {name} in {items}{self.pick(['', '', f' if {name}'])}") + self.spaced(mark, False) + self.statements(depth - 1)
                    + self.pick(["", tag("if loop.index == 2") + tag(self.pick(["break", "continue"])) + tag("endif")]) + text
                    + self.pick(["", tag("else") + "none"]) + tag("endfor"))
        if kind == 5:
            return text + tag(f"set {self.pick(['x', 'y'])} = {self.expression(2)}") + self.spaced(self.pick(["x", "y", "i"]), False)
        if kind == 6:
            return tag(f"set x{self.pick(['', ' | upper', ' | trim'])}") + text + self.statements(depth - 1) + tag("endset") + "[{{ x }}]"
        if kind == 7:
            return (tag(f"macro m(a, b={self.expression(1)})") + text + "{{ a }}/{{ b }}" + self.statements(depth - 1) + self.pick(["", "{{ varargs }}", "{{ kwargs }}", "{{ caller() if caller }}"]) + tag("endmacro")
                    + self.spaced(f"m({self.pick(['', '1', '1, 2', 'b=3', '1, 2, 3', '1, c=4', '*l', '**{repr(0): 1}'])})", False))
        if kind == 8:
            return tag(f"filter {self.pick(['upper', 'trim', 'title', 'indent(2)', 'replace(repr, 1)'])}") + self.statements(depth - 1) + tag("endfilter")
        if kind == 9:
            return tag(f"do l.append({self.expression(1)})") + text + self.spaced("l", False)
        return tag("macro c(v)") + "<{{ caller(v) }}>" + tag("endmacro") + tag(f"call(q) c({self.expression(1)})") + text + "{{ q }}" + tag("endcall")


def template(seed):
    import copy

    generator = Generator(seed)
    depth = 0 if seed % 2 else 2
    body = generator.statements(depth) if depth else " | ".join(f"{{{{ {generator.expression(2)} }}}}" for _ in range(2))
    return body, copy.deepcopy(CONTEXT)
