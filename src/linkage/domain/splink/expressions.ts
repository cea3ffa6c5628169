/**
 * Reads the conditions of a Splink model: the part of DuckDB's SQL that compares two records, as a tree. What it does not know is
 * refused with the place in the text, never guessed. Method: recursive descent with one function for each rank of operators, in Alfred
 * Aho, Monica Lam, Ravi Sethi and Jeffrey Ullman, "Compilers", 2nd edition, 2006, section 4.4. The language: DuckDB, "SQL Introduction",
 * expressions; three-valued logic after ISO/IEC 9075-2, 8.20.
 */

export type Side = "l" | "r";

export type Expression =
  | { readonly kind: "value"; readonly value: string | number | boolean | null }
  | { readonly kind: "column"; readonly side: Side; readonly name: string }
  | { readonly kind: "call"; readonly name: string; readonly of: readonly Expression[] }
  | { readonly kind: "all" | "any"; readonly of: readonly Expression[] }
  | { readonly kind: "not" | "missing"; readonly of: readonly Expression[] };

/** Thrown inside this folder and turned into a refusal by whoever reads a model. */
export class NotRead extends Error {}

type Token = { readonly kind: "word" | "name" | "text" | "number" | "sign"; readonly text: string };

const TOKENS =
  /\s*(?:("(?:[^"]|"")*")|('(?:[^']|'')*')|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|(<=|>=|<>|!=|\|\||::|[-+*/%(),.=<>[\]]))/y;
const KINDS = ["name", "text", "number", "word", "sign"] as const;

function tokensOf(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  const text = sql.trimEnd();
  TOKENS.lastIndex = 0;
  while (TOKENS.lastIndex < text.length) {
    const from = TOKENS.lastIndex;
    const found = TOKENS.exec(text);
    if (found === null) throw new NotRead(`"${text.slice(from).trim()}" is not read`);
    const at = KINDS.findIndex((_, kind) => found[kind + 1] !== undefined);
    tokens.push({ kind: KINDS[at] ?? "sign", text: found[at + 1] ?? "" });
  }
  return tokens;
}

/** Whether names of columns end in _l and _r (conditions) or begin with l. and r. (blocking rules). */
export type Naming = "suffix" | "prefix";

const OPERATORS: Readonly<Record<string, string>> = {
  "=": "equal",
  "!=": "unequal",
  "<>": "unequal",
  "<": "less",
  "<=": "at_most",
  ">": "more",
  ">=": "at_least",
  "+": "add",
  "-": "subtract",
  "*": "times",
  "/": "divide",
  "%": "remainder",
  "||": "joined",
};

export function readExpression(sql: string, naming: Naming): Expression {
  return new Reader(tokensOf(sql), naming).whole();
}

type Rank = { readonly signs: readonly string[]; readonly part: () => Expression };

class Reader {
  readonly #tokens: readonly Token[];
  readonly #naming: Naming;
  #at = 0;

  constructor(tokens: readonly Token[], naming: Naming) {
    this.#tokens = tokens;
    this.#naming = naming;
  }

  whole(): Expression {
    const found = this.#either();
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) throw new NotRead(`"${rest.text}" is not expected`);
    return found;
  }

  #is(what: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind === "word") return token.text.toLowerCase() === what;
    return token?.kind === "sign" && token.text === what;
  }

  #take(what: string): boolean {
    const here = this.#is(what);
    if (here) this.#at += 1;
    return here;
  }

  #need(what: string): void {
    if (!this.#take(what))
      throw new NotRead(`${what} is expected before "${this.#tokens[this.#at]?.text ?? "the end"}"`);
  }

  #next(): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new NotRead("it ends too early");
    this.#at += 1;
    return token;
  }

  #either(): Expression {
    return this.#many("any", { word: "or", part: () => this.#both() });
  }

  #both(): Expression {
    return this.#many("all", { word: "and", part: () => this.#negated() });
  }

  #many(kind: "all" | "any", { word, part }: { readonly word: string; readonly part: () => Expression }): Expression {
    const of = [part()];
    while (this.#take(word)) of.push(part());
    return of.length === 1 ? (of[0] as Expression) : { kind, of };
  }

  #negated(): Expression {
    return this.#take("not") ? { kind: "not", of: [this.#negated()] } : this.#compared();
  }

  #compared(): Expression {
    const left = this.#sum();
    if (!this.#take("is"))
      return this.#binary(left, { signs: ["=", "!=", "<>", "<", "<=", ">", ">="], part: () => this.#sum() });
    const not = this.#take("not");
    this.#need("null");
    const missing: Expression = { kind: "missing", of: [left] };
    return not ? { kind: "not", of: [missing] } : missing;
  }

  #sum(): Expression {
    return this.#chain({ signs: ["+", "-", "||"], part: () => this.#product() });
  }

  #product(): Expression {
    return this.#chain({ signs: ["*", "/", "%"], part: () => this.#cast() });
  }

  #binary(left: Expression, { signs, part }: Rank): Expression {
    const sign = signs.find((one) => this.#is(one));
    if (sign === undefined) return left;
    this.#at += 1;
    return { kind: "call", name: OPERATORS[sign] ?? sign, of: [left, part()] };
  }

  #chain(rank: Rank): Expression {
    let left = rank.part();
    for (let next = this.#binary(left, rank); next !== left; next = this.#binary(left, rank)) left = next;
    return left;
  }

  #cast(): Expression {
    let found = this.#single();
    while (this.#take("::")) found = castTo(found, this.#next().text);
    return found;
  }

  #single(): Expression {
    if (this.#take("(")) {
      const inner = this.#either();
      this.#need(")");
      return inner;
    }
    if (this.#take("-")) return { kind: "call", name: "subtract", of: [{ kind: "value", value: 0 }, this.#single()] };
    const token = this.#next();
    if (token.kind === "number") return { kind: "value", value: Number(token.text) };
    if (token.kind === "text") return { kind: "value", value: token.text.slice(1, -1).replaceAll("''", "'") };
    if (token.kind === "sign") throw new NotRead(`"${token.text}" is not expected`);
    if (token.kind === "word" && this.#is("(")) return this.#called(token.text.toLowerCase());
    return this.#named(token);
  }

  #named(token: Token): Expression {
    const name = nameOf(token);
    const word = name.toLowerCase();
    if (this.#naming === "prefix" && (word === "l" || word === "r") && this.#take(".")) {
      const column = this.#next();
      if (column.kind !== "name" && column.kind !== "word") throw new NotRead(`a column is expected after ${name}.`);
      return { kind: "column", side: word, name: nameOf(column) };
    }
    if (token.kind === "word" && (word === "true" || word === "false"))
      return { kind: "value", value: word === "true" };
    if (token.kind === "word" && word === "null") return { kind: "value", value: null };
    const sided = /^(.+)_([lr])$/i.exec(name);
    if (this.#naming === "prefix" || sided === null) throw new NotRead(`"${name}" is of neither record`);
    return { kind: "column", side: sided[2]?.toLowerCase() === "r" ? "r" : "l", name: sided[1] ?? "" };
  }

  #called(name: string): Expression {
    this.#need("(");
    const of: Expression[] = [];
    if (this.#take(")")) return { kind: "call", name, of };
    of.push(this.#either());
    if ((name === "cast" || name === "try_cast") && this.#take("as")) {
      const type = this.#next().text;
      this.#need(")");
      return castTo(of[0] as Expression, type);
    }
    while (this.#take(",")) of.push(this.#either());
    this.#need(")");
    return { kind: "call", name, of };
  }
}

function nameOf({ kind, text }: Token): string {
  return kind === "name" ? text.slice(1, -1).replaceAll('""', '"') : text;
}

const TEXTS = ["text", "varchar", "string"];
const NUMBERS = ["double", "float", "float8", "integer", "int", "bigint"];

function castTo(of: Expression, type: string): Expression {
  const plain = type.toLowerCase();
  if (TEXTS.includes(plain)) return { kind: "call", name: "as_text", of: [of] };
  if (NUMBERS.includes(plain)) return { kind: "call", name: "as_number", of: [of] };
  if (plain === "date") return { kind: "call", name: "as_day", of: [of] };
  throw new NotRead(`the type ${type} is not read`);
}

/** Every column that an expression asks for. */
export function columnsOf(expression: Expression): readonly { readonly side: Side; readonly name: string }[] {
  if (expression.kind === "column") return [expression];
  return expression.kind === "value" ? [] : expression.of.flatMap(columnsOf);
}
