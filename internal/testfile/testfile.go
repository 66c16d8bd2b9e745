package testfile

import (
	"fmt"
	"path/filepath"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/lang"
	"ddmon/internal/object"
)

// Test is one test of a test file: what the stack's monitors have to do when a recording is replayed.
type Test struct {
	// Name is the test's label, with ["key"] after it if the test has for_each. No two tests have the same.
	Name string
	// Key is the for_each key; meaningful only if Keyed.
	Key   string
	Keyed bool
	// Recording is the path of the recording, relative to where config.Options.Dir is relative to.
	Recording string
	// Objects are the stack's objects under the test's variables, sorted by address; Stack.Objects if it has none.
	Objects []*object.Object
	// Expects are in the order in which they are written.
	Expects []Expect
	Range   hcl.Range // of the block
	// RecordingRange is where the recording is named.
	RecordingRange hcl.Range
}

// testBytes is what evaluation keeps of a test, in addition to the texts and lists in it.
const testBytes = 2048

var testFields = []string{"recording", "for_each", "variables"}

// reader reads the test files of a stack.
type reader struct {
	stack    *config.Evaluation
	report   *lang.Reporter
	sound    bool // the stack has no errors
	variants []variant
}

// read evaluates the blocks of the test files.
func (r *reader) read(files []*hclsyntax.Body) []Test {
	var all []Test
	first := map[string]hcl.Range{}
	for _, body := range files {
		for _, a := range lang.Attributes(body) {
			r.report.Error("unexpected_attribute", "Attribute outside of a block", fmt.Sprintf("%q stands outside of any block. A test file holds test blocks only; values that "+
				"tests share go into locals in a file that is none.", a.Name), a.NameRange)
		}
		for _, b := range body.Blocks {
			if !r.isTest(b) {
				continue
			}
			name := b.Labels[0]
			if at, twice := first[name]; twice {
				r.report.DuplicateName("test", name, at, b.DefRange())
				continue
			}
			first[name] = b.DefRange()
			all = append(all, r.tests(b)...)
		}
	}
	return all
}

func (r *reader) isTest(b *hclsyntax.Block) bool {
	if b.Type == "test" {
		return r.report.CheckLabel(b, "what the test shows", `test "an outage is caught" { ... }`)
	}
	if config.IsBlock(b.Type) {
		r.report.Error("misplaced_block", "Not a place for this block", fmt.Sprintf("A test file holds test blocks only. Move %s into a file whose name does not end "+
			"in %s; tests see what is in there.", b.Type, config.TestSuffix), b.DefRange())
		return false
	}
	r.report.Error("unknown_block", "Unknown block", fmt.Sprintf("There is no block %q at the top of a test file; it holds test blocks only.%s",
		b.Type, diag.DidYouMean(b.Type, []string{"test"})), b.TypeRange)
	return false
}

// tests evaluates one test block for each of its keys. If the stack is not sound, it is not evaluated with other
// variables, which would find the same faults again.
func (r *reader) tests(b *hclsyntax.Block) []Test {
	r.checkTest(b)
	in, known := r.instances(b)
	var tests []Test
	seen := lang.Seen{}
	for i, key := range in.Keys {
		if !r.report.Spend(1, testBytes, b.DefRange()) {
			return nil
		}
		before := r.report.Len()
		t := Test{Name: b.Labels[0], Key: key, Keyed: in.Keyed, Range: b.DefRange()}
		unique := ""
		if in.Keyed && known {
			t.Name = fmt.Sprintf("%s[%q]", t.Name, key)
			unique = "test " + t.Name
		}
		r.test(&t, b, in.Each(i))
		r.report.KeepNew(before, unique, seen)
		tests = append(tests, t)
	}
	if !known {
		return nil
	}
	return tests
}

// checkTest checks what a test block consists of.
func (r *reader) checkTest(b *hclsyntax.Block) {
	for _, inner := range b.Body.Blocks {
		if inner.Type == "variables" {
			r.report.Error("unexpected_block", "Block for a plain field", "The variables of a test are given by an attribute. Write: variables = { ... }", inner.DefRange())
		}
	}
	r.report.CheckFields(b, testFields, []string{"expect", "variables"})
	if b.Body.Attributes["recording"] == nil {
		r.report.Error("missing_field", "Recording of the test missing", "A test needs a recording to replay, relative to the file of the test. "+
			"Write: recording = \"../testdata/incident\"", b.DefRange())
	}
	if !slices.ContainsFunc(b.Body.Blocks, isExpect) {
		r.report.Error("missing_field", "Test expects nothing", "A test needs an expect block, or nothing could fail. Write: expect \"monitor.NAME\" { status = \"Alert\" }",
			b.DefRange())
	}
}

// instances evaluates a test's for_each. It is false if that makes no test: the block then is checked with
// nothing known of each.
func (r *reader) instances(b *hclsyntax.Block) (*lang.Instances, bool) {
	a := b.Body.Attributes["for_each"]
	if a == nil {
		return lang.SingleInstance(), true
	}
	if value, ok := r.stack.Scope.Value(lang.NewExpression(a.Expr, nil), nil); ok {
		if in := lang.ForEach(value, r.report, a.Expr.Range()); in != nil && len(in.Keys) > 0 {
			return in, true
		}
	}
	return lang.UnknownInstances(), false
}

// test evaluates one test. Everything in it but for_each and variables sees the test's variables.
func (r *reader) test(t *Test, b *hclsyntax.Block, each lang.Names) {
	stack := r.stack
	if a := b.Body.Attributes["variables"]; a != nil {
		if stack = r.withVariables(a.Expr, each, t.Name); stack == nil {
			return
		}
	}
	t.Objects = stack.Stack.Objects
	before := stack.Scope.Report.Len()
	f := lang.ReadFields(stack.Scope, b, each, []string{"recording"})
	if path, ok := f.Text("recording", `"../testdata/incident"`); ok {
		t.RecordingRange = f.Ranges["recording"]
		if t.Recording = filepath.FromSlash(path); !filepath.IsAbs(path) {
			t.Recording = filepath.Join(filepath.Dir(t.Range.Filename), path)
		}
	}
	for _, inner := range b.Body.Blocks {
		if isExpect(inner) {
			t.Expects = append(t.Expects, readExpect(stack, inner, each))
		}
	}
	if stack != r.stack {
		r.report.Move(stack.Scope.Report, before)
	}
}

func isExpect(b *hclsyntax.Block) bool { return b.Type == "expect" }
