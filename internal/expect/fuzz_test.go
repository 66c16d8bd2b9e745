package expect_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/config"
	"ddmon/internal/expect"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// FuzzEvaluation: no valid recording or test file makes the replay or its checks panic.
func FuzzEvaluation(f *testing.F) {
	recording, err := os.ReadFile(filepath.Join("..", "..", "testdata", "slow-consumer", "recording.hcl"))
	if err != nil {
		f.Fatal(err)
	}
	tests, err := os.ReadFile(filepath.Join("..", "..", "monitors", "incident.test.hcl"))
	if err != nil {
		f.Fatal(err)
	}
	stack := map[string][]byte{}
	files, err := filepath.Glob(filepath.Join("..", "..", "monitors", "*.hcl"))
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		if stack[filepath.Base(name)], err = os.ReadFile(name); err != nil {
			f.Fatal(err)
		}
	}
	f.Add(string(recording), string(tests))
	f.Add("series \"rabbitmq.queue.messages\" {\n type = \"gauge\"\n values = \"1e308x100 _x3 -1e308x9\"\n}", string(tests))
	f.Fuzz(func(t *testing.T, recording, tests string) {
		if len(recording)+len(tests) > 20_000 {
			t.Skip("long inputs find no more than short ones")
		}
		dir := t.TempDir()
		stack["incident.test.hcl"] = []byte(tests)
		for name, source := range stack {
			if err := os.WriteFile(filepath.Join(dir, name), source, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		path := filepath.Join(dir, "rec.hcl")
		if err := os.WriteFile(path, []byte(recording), 0o600); err != nil {
			t.Fatal(err)
		}
		loaded, _ := testfile.Load(config.Options{Dir: dir})
		expect.Run(loaded.Tests, func(string) (*series.Recording, hcl.Diagnostics) {
			rec, diags := series.Load(path)
			if rec != nil && rec.End-rec.Start > 48*60*60*1000 {
				return nil, nil // too slow
			}
			return rec, diags
		}, expect.Options{})
	})
}
