package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"ddmon/internal/loopback"
	"ddmon/internal/render/machine"
	"ddmon/internal/routine"
	"ddmon/internal/sandbox"
)

// sandboxLockWait is how long a run waits for another run that has the sandbox's file open.
const sandboxLockWait = 5 * time.Second

// sandboxFile is the file in which the sandbox keeps its objects between runs.
func (a *App) sandboxFile() string { return filepath.Join(a.flags.dir, ".ddmon", "sandbox.db") }

func newSandboxCommand(a *App) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sandbox",
		Short: "Run the embedded sandbox",
		Long: "The sandbox is an embedded Datadog for experiments and tests, which needs no account. It stores its objects in\n" +
			".ddmon/sandbox.db in the stack's folder. Most commands use it with --sandbox; `ddmon sandbox serve` serves it\n" +
			"over HTTP.",
		Example: "  # Serve the sandbox of the stack\n  ddmon sandbox serve",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newSandboxServeCommand(a))
	return cmd
}

// serveOptions are the flags of sandbox serve.
type serveOptions struct {
	listen  string
	data    string
	latency time.Duration
	public  bool
	faults  string
}

func newSandboxServeCommand(a *App) *cobra.Command {
	var o serveOptions
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the sandbox over HTTP to any Datadog client",
		Long: "serve answers like Datadog's API, so that curl, Terraform's Datadog provider or another tool can use it: set\n" +
			"DD_HOST to its address and use any keys. It has no access control, so it listens only on loopback addresses\n" +
			"unless --public is set.",
		Example: "  # Serve the sandbox of the stack\n" +
			"  ddmon sandbox serve\n" +
			"\n" +
			"  # Use another port and file\n" +
			"  ddmon sandbox serve --listen 127.0.0.1:9000 --data box.db\n" +
			"\n" +
			"  # Inject faults from a script\n" +
			"  ddmon sandbox serve --faults faults.txt",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a.startWriting() // its clients get their responses
			if o.data == "" {
				o.data = a.sandboxFile()
			}
			return a.serveSandbox(cmd.Context(), o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.listen, "listen", "127.0.0.1:8765", "`ADDRESS` to listen on; port 0 picks a free port")
	f.StringVar(&o.data, "data", "", "`FILE` that stores the objects (default .ddmon/sandbox.db in the stack's folder)")
	f.DurationVar(&o.latency, "latency", 0, "wait this `DURATION` before each response")
	f.BoolVar(&o.public, "public", false, "allow listening on an address that other machines can reach")
	f.StringVar(&o.faults, "faults", "", "inject faults from the script in `FILE`, for example: POST /api/v1/monitor 3 reset=after")
	return cmd
}

// readFaults reads a fault script; without a path there are no faults.
func readFaults(path string) (*sandbox.Faults, error) {
	if path == "" {
		return nil, nil
	}
	script, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("--faults: %w", err)
	}
	faults, err := sandbox.ParseFaults(script)
	if err != nil {
		return nil, fmt.Errorf("--faults %s: %w", path, err)
	}
	return faults, nil
}

func (a *App) serveSandbox(ctx context.Context, o serveOptions) (err error) {
	host, _, err := net.SplitHostPort(o.listen)
	if err != nil {
		return fmt.Errorf("invalid --listen %q: use HOST:PORT, such as 127.0.0.1:8765", o.listen)
	}
	if !o.public && !loopback.IsHost(host) {
		return fmt.Errorf("--listen %s is reachable from other machines, and the sandbox has no access control: "+
			"listen on 127.0.0.1, or add --public to allow this", o.listen)
	}
	faults, err := readFaults(o.faults)
	if err != nil {
		return err
	}
	server, err := sandbox.Open(o.data, sandbox.Options{Now: a.Now, Latency: o.latency, Faults: faults, LockWait: sandboxLockWait})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", o.listen)
	if err != nil {
		return fmt.Errorf("listening on %s: %w", o.listen, err)
	}
	if a.flags.json {
		err = a.writeDocument(machine.Serving{FormatVersion: machine.FormatVersion, URL: "http://" + listener.Addr().String(), Data: o.data})
	} else {
		_, err = fmt.Fprintf(a.Stdout, "Sandbox on http://%s, objects in %s. Press Ctrl-C to stop.\n", listener.Addr(), o.data)
	}
	if err != nil {
		return err
	}
	return serve(ctx, listener, server, o.public)
}

// shutdownGrace is how long requests in flight can take when the sandbox stops.
const shutdownGrace = 2 * time.Second

// serve answers requests until ctx is done or the sandbox's file cannot be written, and then lets requests in flight
// finish.
func serve(ctx context.Context, listener net.Listener, box *sandbox.Server, public bool) error {
	server := sandbox.NewHTTPServer(box, public)
	serving := routine.Start(func() error { return server.Serve(listener) })
	select {
	case <-serving.Done():
		return serving.Wait()
	case <-box.Failed():
	case <-ctx.Done():
	}
	grace, stop := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
	defer stop()
	if err := server.Shutdown(grace); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return errors.Join(box.Failure(), server.Close())
}
