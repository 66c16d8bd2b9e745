package config

import (
	"fmt"
	"path/filepath"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// Test is one test of a test file: what the stack's monitors have to do when a recording is replayed.
type Test struct {
	// Name is the test's label, with ["key"] after it if the test has for_each. No two tests have the same.
	Name string
	// Key is the for_each key; meaningful only if Keyed.
	Key   string
	Keyed bool
	// Recording is the path of the recording, relative to where Options.Dir is relative to.
	Recording string
	// Objects are the stack's objects under the test's variables, sorted by address; Stack.Objects if it has none.
	Objects []*object.Object
	// Expects are in the order in which they are written.
	Expects []Expect
	Range   hcl.Range // of the block
	// RecordingRange is where the recording is named.
	RecordingRange hcl.Range
}

var testFields = []string{"recording", "for_each", "variables"}

// evaluateTests takes up the blocks of the test files.
func (l *loader) evaluateTests(files []*hclsyntax.Body) {
	sound := !l.diags.HasErrors()
	first := map[string]hcl.Range{}
	for _, body := range files {
		for _, a := range attributesOf(body) {
			l.error("unexpected_attribute", "Attribute outside of a block", fmt.Sprintf("%q stands outside of any block. A test file holds test blocks only; values that "+
				"tests share go into locals in a file that is none.", a.Name), a.NameRange)
		}
		for _, b := range body.Blocks {
			if !l.isTest(b) {
				continue
			}
			name := b.Labels[0]
			if at, twice := first[name]; twice {
				l.duplicate("test", name, at, b.DefRange())
				continue
			}
			first[name] = b.DefRange()
			l.stack.Tests = append(l.stack.Tests, l.tests(b, sound)...)
		}
	}
}

func (l *loader) isTest(b *hclsyntax.Block) bool {
	if b.Type == "test" {
		return l.labels(b, "what the test shows", `test "an outage is caught" { ... }`)
	}
	if slices.Contains(knownBlocks(), b.Type) || later[b.Type] != "" {
		l.error("misplaced_block", "Not a place for this block", fmt.Sprintf("A test file holds test blocks only. Move %s into a file whose name does not end "+
			"in %s; tests see what is in there.", b.Type, testSuffix), b.DefRange())
		return false
	}
	l.error("unknown_block", "Unknown block", fmt.Sprintf("There is no block %q at the top of a test file; it holds test blocks only.%s",
		b.Type, diag.DidYouMean(b.Type, []string{"test"})), b.TypeRange)
	return false
}

// tests evaluates one test block for each of its keys. If the stack is not sound, it is not evaluated with other
// variables, which would find the same faults again.
func (l *loader) tests(b *hclsyntax.Block, sound bool) []Test {
	l.checkTest(b)
	in, known := l.testInstances(b)
	var tests []Test
	seen := map[problemKey]bool{}
	for i, key := range in.keys {
		if !l.spend(1, objectBytes, b.DefRange()) {
			return nil
		}
		before := len(l.diags)
		t := Test{Name: b.Labels[0], Key: key, Keyed: in.keyed, Range: b.DefRange()}
		unique := ""
		if in.keyed && known {
			t.Name = fmt.Sprintf("%s[%q]", t.Name, key)
			unique = "test " + t.Name
		}
		l.test(&t, b, in.each(i), sound)
		l.keepNew(before, unique, seen)
		tests = append(tests, t)
	}
	if !known {
		return nil
	}
	return tests
}

// checkTest checks what a test block consists of.
func (l *loader) checkTest(b *hclsyntax.Block) {
	for _, inner := range b.Body.Blocks {
		if inner.Type == "variables" {
			l.error("unexpected_block", "Block for a plain field", "The variables of a test are given by an attribute. Write: variables = { ... }", inner.DefRange())
		}
	}
	l.onlyFields(b, testFields, []string{"expect", "variables"})
	if b.Body.Attributes["recording"] == nil {
		l.error("missing_field", "Recording of the test missing", "A test needs a recording to replay, relative to the file of the test. "+
			"Write: recording = \"../testdata/incident\"", b.DefRange())
	}
	if countBlocks(b.Body, "expect") == 0 {
		l.error("missing_field", "Test expects nothing", "A test needs an expect block, or nothing could fail. Write: expect \"monitor.NAME\" { status = \"Alert\" }",
			b.DefRange())
	}
}

// testInstances evaluates a test's for_each. It is false if that makes no test: the block then is checked with
// nothing known of each.
func (l *loader) testInstances(b *hclsyntax.Block) (*instances, bool) {
	a := b.Body.Attributes["for_each"]
	if a == nil {
		return &instances{keys: []string{""}, values: []cty.Value{cty.NilVal}}, true
	}
	if value, ok := l.value(newExpression(a.Expr, nil), nil); ok {
		if in := l.forEach(value, a.Expr.Range()); in != nil && len(in.keys) > 0 {
			return in, true
		}
	}
	return &instances{keyed: true, keys: []string{"?"}, values: []cty.Value{cty.DynamicVal}}, false
}

// test evaluates one test. Everything in it but for_each and variables sees the test's variables.
func (l *loader) test(t *Test, b *hclsyntax.Block, each names, sound bool) {
	scope := l
	if a := b.Body.Attributes["variables"]; a != nil {
		if scope = l.withVariables(a.Expr, each, sound, t.Name); scope == nil {
			return
		}
	}
	t.Objects = scope.stack.Objects
	before := len(scope.diags)
	f := scope.readFields(b, each, []string{"recording"})
	if path, ok := f.text("recording", `"../testdata/incident"`); ok {
		t.RecordingRange = f.ranges["recording"]
		if t.Recording = filepath.FromSlash(path); !filepath.IsAbs(path) {
			t.Recording = filepath.Join(filepath.Dir(t.Range.Filename), path)
		}
	}
	for _, inner := range b.Body.Blocks {
		if inner.Type == "expect" {
			t.Expects = append(t.Expects, scope.expect(inner, each))
		}
	}
	if scope != l {
		l.diags = append(l.diags, scope.diags[before:]...)
		scope.diags = scope.diags[:before]
	}
}
