package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTablesAreCurrent compares the checked-in tables with what the client module in go.mod gives.
func TestTablesAreCurrent(t *testing.T) {
	path, err := specPath(t.Context())
	if err != nil {
		t.Skip("the OpenAPI file cannot be found: ", err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	spec, err := parseSpec(raw)
	if err != nil {
		t.Fatal(err)
	}
	for file, root := range outputs() {
		want, err := generate(spec, root)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join("..", file))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s is not what gen writes; run go generate ./internal/kind (-want +got):\n%s", file, diff)
		}
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
 children []Root
 either Root.either
 events []Old deprecated
 free {}integer?
 inline []Root.inline.item
 kind Kind required nullable default="one"
 off bool
 old string nullable deprecated default="a b"
 size number required
 when integer readonly default=2
union Root.either Names string
object Root.inline.item
 a Root.inline.item.a
enum Root.inline.item.a "x" "y z"
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
		"allOf":                        {`{allOf: [{type: string}]}`, "not understood"},
		"a name of itself":             {`{$ref: "#/components/schemas/Root"}`, "refers to itself"},
		"a type of its own":            {`{type: object, properties: {a: {type: money}}}`, `"money" is not understood`},
		"open and closed at once":      {`{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}`, "both properties"},
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
