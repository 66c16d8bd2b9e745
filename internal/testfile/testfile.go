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

// Test is one test: what the stack's monitors must do when a recording is replayed.
type Test struct {
	// Name is the test's label, followed by ["key"] if the test has for_each. Names are unique.
	Name string
	// Key is the for_each key; meaningful only if Keyed.
	Key   string
	Keyed bool
	// Recording is the path of the recording. It has the same base as config.Options.Dir.
	Recording string
	// Objects are the stack's objects evaluated with the test's variables, sorted by address. Without variables it is
	// Stack.Objects.
	Objects []*object.Object
	// Expects are in source order.
	Expects []Expect
	// Guides are the expectations of guides, in source order.
	Guides []ExpectGuide
	Range  hcl.Range // the block
	// RecordingRange is the value of the recording attribute.
	RecordingRange hcl.Range
}

// testBytes estimates the memory of a test, excluding its strings and lists.
const testBytes = 2048

// reader reads the test files of a stack.
type reader struct {
	stack      *config.Evaluation
	report     *lang.Reporter
	stackValid bool // the stack has no errors
	variants   []variant
}

// read evaluates the blocks of the test files.
func (r *reader) read(files []*hclsyntax.Body) []Test {
	var all []Test
	first := map[string]hcl.Range{}
	for _, body := range files {
		for _, a := range lang.Attributes(body) {
			r.report.Error("unexpected_attribute", "Attribute outside of a block", fmt.Sprintf("%q is not in a block. A test file contains only test blocks. Put values that "+
				"tests share into locals in a configuration file.", a.Name), a.NameRange)
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
		return r.report.CheckLabel(b, "its name", `test "the outage alerts" { ... }`)
	}
	if config.IsBlock(b.Type) {
		r.report.Error("misplaced_block", "Misplaced block", fmt.Sprintf("A test file contains only test blocks. Move the %s block into a file whose name does not end "+
			"in %s. Tests can refer to it there.", b.Type, config.TestSuffix), b.DefRange())
		return false
	}
	r.report.Error("unknown_block", "Unknown block", fmt.Sprintf("%q is not a block of a test file, which contains only test blocks.%s",
		b.Type, diag.DidYouMean(b.Type, []string{"test"})), b.TypeRange)
	return false
}

// tests evaluates a test block once per key. If the stack has errors, it is not evaluated again with the test's
// variables, because that would report the same errors again.
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

// checkTest checks the attributes and blocks of a test block.
func (r *reader) checkTest(b *hclsyntax.Block) {
	r.report.CheckFields(b, testType)
	if b.Body.Attributes["recording"] == nil {
		r.report.Error("missing_field", "Missing recording", "A test must name the recording to replay, relative to the test file. "+
			"Write: recording = \"../testdata/incident\"", b.DefRange())
	}
	if !slices.ContainsFunc(b.Body.Blocks, isExpect) {
		r.report.Error("missing_field", "Test without expect blocks", "Without an expect block a test cannot fail. Write: expect \"monitor.NAME\" { status = \"Alert\" }",
			b.DefRange())
	}
}

// instances evaluates a test's for_each. It returns false if there are no instances; the block is then checked with
// unknown values for each.key and each.value.
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

// test evaluates one test. All of it, except for_each and variables, is evaluated with the test's variables.
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
		if _, ok := guideLabel(inner); ok && isExpect(inner) {
			if e, ok := readExpectGuide(stack, inner, each); ok {
				t.Guides = append(t.Guides, e)
			}
		} else if isExpect(inner) {
			t.Expects = append(t.Expects, readExpect(stack, inner, each))
		}
	}
	if stack != r.stack {
		r.report.Move(stack.Scope.Report, before)
	}
}

func isExpect(b *hclsyntax.Block) bool { return b.Type == "expect" }
