package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTablesAreCurrent compares the checked-in tables with what the client module in go.mod gives.
func TestTablesAreCurrent(t *testing.T) {
	files, err := filepath.Glob("../*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no kinds are found: ", err)
	}
	directive := regexp.MustCompile(`(?m)^//go:generate go run ./gen (.*)$`)
	specs := map[string]map[string]*schema{}
	checked := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range directive.FindAllStringSubmatch(string(text), -1) {
			s, err := parseSource(strings.Fields(line[1]))
			if err != nil {
				t.Fatalf("%s: %s", file, err)
			}
			if specs[s.api] == nil {
				if _, err := specPath(t.Context(), s.api); err != nil {
					t.Skip("the OpenAPI file cannot be found: ", err)
				}
				if specs[s.api], err = readSpec(t.Context(), s.api); err != nil {
					t.Fatal(err)
				}
			}
			checkTable(t, specs[s.api], s)
			checked++
		}
	}
	if tables, _ := filepath.Glob("../*_gen.txt"); len(tables) != checked {
		t.Errorf("%d tables exist, %d are generated", len(tables), checked)
	}
}

func checkTable(t *testing.T, spec map[string]*schema, s source) {
	t.Helper()
	want, err := generate(spec, s.schema)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join("..", s.out))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s is not what gen writes; run go generate ./internal/kind (-want +got):\n%s", s.out, diff)
	}
}

const smallSpec = `
components:
  schemas:
    Unreachable: {type: string}
    Root:
      description: prose that must not appear
      required: [kind, size]
      properties:
        kind: {$ref: "#/components/schemas/Kind"}
        size: {type: number, description: prose}
        old: {type: string, deprecated: true, nullable: true, default: "a b"}
        when: {type: integer, readOnly: true, default: 2}
        off: {type: boolean, default: null}
        free: {type: object, additionalProperties: {type: integer, nullable: true}}
        any: {}
        bag: {type: object}
        children: {type: array, items: {$ref: "#/components/schemas/Root"}}
        events: {type: array, items: {$ref: "#/components/schemas/Old"}}
        inline: {type: array, items: {type: object, properties: {a: {type: string, enum: [x, "y z"]}}}}
        alias: {$ref: "#/components/schemas/Alias"}
        described: {description: prose, nullable: true, allOf: [{$ref: "#/components/schemas/Old"}]}
        both: {allOf: [{$ref: "#/components/schemas/Old"}, {required: [q], properties: {p: {type: integer}}}]}
        open: {properties: {a: {type: string}}, additionalProperties: {type: array, items: {type: string}}}
        closed: {properties: {a: {type: string}}, additionalProperties: {}}
        some: {anyOf: [{type: string}, {type: integer}]}
        either: {oneOf: [{$ref: "#/components/schemas/Names"}, {type: string}]}
    Kind: {type: string, enum: [one, two], default: one, nullable: true}
    Alias: {$ref: "#/components/schemas/Old", description: prose}
    Names: {type: array, items: {type: string}}
    Old: {type: object, deprecated: true, properties: {q: {type: string}}}
`

const smallTable = header + `enum Kind "one" "two"
type Names []string
object Old
 q string
object Root
 alias Old deprecated
 any any
 bag {}any
 both Root.both
 children []Root
 closed Root.closed
 described Old nullable deprecated
 either Root.either
 events []Old deprecated
 free {}integer?
 inline []Root.inline.item
 kind Kind required nullable default="one"
 off bool
 old string nullable deprecated default="a b"
 open Root.open
 size number required
 some Root.some
 when integer readonly default=2
object Root.both
 p integer
 q string required
object Root.closed
 a string
union Root.either Names string
object Root.inline.item
 a Root.inline.item.a
enum Root.inline.item.a "x" "y z"
object Root.open
 a string
 * []string
union Root.some string integer
`

func TestGenerate(t *testing.T) {
	spec, err := parseSpec([]byte(smallSpec))
	if err != nil {
		t.Fatal(err)
	}
	got, err := generate(spec, "Root")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(smallTable, string(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestGenerateRefuses(t *testing.T) {
	for name, test := range map[string]struct{ root, want string }{
		"a schema that does not exist": {`{type: object, properties: {a: {$ref: "#/components/schemas/Nope"}}}`, "Nope does not exist"},
		"allOf of a string":            {`{allOf: [{type: string}, {properties: {a: {type: string}}}]}`, "not supported"},
		"a name of itself":             {`{$ref: "#/components/schemas/Root"}`, "refers to itself"},
		"a type of its own":            {`{type: object, properties: {a: {type: money}}}`, `"money" is not supported`},
	} {
		t.Run(name, func(t *testing.T) {
			spec, err := parseSpec([]byte("components: {schemas: {Root: " + test.root + "}}"))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := generate(spec, "Root"); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
	if _, err := parseSpec([]byte("openapi: 3.0.0")); err == nil {
		t.Error("a file without schemas was accepted")
	}
}

func TestSourceIsComplete(t *testing.T) {
	for _, args := range []string{"", "-schema Monitor", "-out x", "-schema A -out b c", "-x"} {
		if s, err := parseSource(strings.Fields(args)); err == nil {
			t.Errorf("%q is read as %v", args, s)
		}
	}
}
