// Command gen writes a table of package kind: the fields of one kind of object from Datadog's OpenAPI file, one line
// for each field, without descriptions.
//
//	gen -api v1 -schema Monitor -out monitor_gen.txt
//
// Each kind's file has such a go:generate directive. The OpenAPI file comes from the client module in go.mod: to update
// the tables, update the client and run `go generate ./internal/kind`. The entry point is generate; only this command
// writes files.
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

// source selects the table to write.
type source struct {
	api    string // the API version of the schema: "v1" or "v2"
	schema string // the schema of the kind's body
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
		return source{}, fmt.Errorf("usage: gen -api v1 -schema Monitor -out monitor_gen.txt")
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

// readSpec reads the schemas of an API version.
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

// specPath gets the folder of the client module from the go command, so that the version is the one in go.mod.
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
