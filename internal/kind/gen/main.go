// Command gen writes a table of package kind: the facts of Datadog's OpenAPI file about one kind of object, one line for each
// field, none of its prose.
//
//	gen -api v1 -schema Monitor -out monitor_gen.txt
//
// Each kind's file has that line as its go:generate directive. The OpenAPI file is the one inside the client module that
// go.mod names, so a newer client means newer tables after `go generate ./internal/kind`. Its entry point is generate; only
// this command writes files.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// source says which table to write.
type source struct {
	api    string // the version of the API whose file has the schema: "v1" or "v2"
	schema string // where to start
	out    string // the file to write
}

// parseSource reads the arguments of the command.
func parseSource(args []string) (source, error) {
	var s source
	flags := flag.NewFlagSet("gen", flag.ContinueOnError)
	flags.StringVar(&s.api, "api", "v1", "version of the API")
	flags.StringVar(&s.schema, "schema", "", "schema to start from")
	flags.StringVar(&s.out, "out", "", "file to write")
	if err := flags.Parse(args); err != nil {
		return source{}, err
	}
	if s.schema == "" || s.out == "" || flags.NArg() > 0 {
		return source{}, fmt.Errorf("write: gen -api v1 -schema Monitor -out monitor_gen.txt")
	}
	return s, nil
}

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	s, err := parseSource(args)
	if err != nil {
		return err
	}
	spec, err := readSpec(ctx, s.api)
	if err != nil {
		return err
	}
	text, err := generate(spec, s.schema)
	if err != nil {
		return err
	}
	return os.WriteFile(s.out, text, 0o644)
}

// readSpec reads the schemas of a version of the API.
func readSpec(ctx context.Context, api string) (map[string]*schema, error) {
	path, err := specPath(ctx, api)
	if err != nil {
		return nil, err
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	spec, err := parseSpec(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return spec, nil
}

// specPath asks the go command where the client module lies, so that the version is the one in go.mod.
func specPath(ctx context.Context, api string) (string, error) {
	const module = "github.com/DataDog/datadog-api-client-go/v2"
	out, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	if err != nil {
		return "", fmt.Errorf("go list -m %s: %w", module, err)
	}
	dir := strings.TrimSpace(string(out))
	if dir == "" {
		return "", fmt.Errorf("%s is not in the module cache; run `go mod download %s`", module, module)
	}
	return filepath.Join(dir, ".generator", "schemas", api, "openapi.yaml"), nil
}
