package lint

import (
	"slices"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/object"
)

// templateVariable is a declared template variable of a dashboard.
type templateVariable struct {
	name string
	path object.Path
}

func (d *dashboard) variables() []templateVariable {
	var found []templateVariable
	for i, v := range objects(d.body["template_variables"]) {
		if name, ok := v["name"].(string); ok && name != "" {
			found = append(found, templateVariable{name, object.Path{"template_variables", i}})
		}
	}
	return found
}

// variableUse is a use of a template variable in a query.
type variableUse struct {
	node ddquery.Node
	name string
}

// variablesOf returns the uses of template variables under a node.
func variablesOf(root ddquery.Node) []variableUse {
	var found []variableUse
	ddquery.Walk(root, func(n ddquery.Node) bool {
		switch n := n.(type) {
		case *ddquery.Variable:
			found = append(found, variableUse{n, n.Name})
		case *ddquery.SearchVariable:
			found = append(found, variableUse{n, n.Name})
		case *ddquery.Value:
			if name, ok := n.Variable(); ok {
				found = append(found, variableUse{n, name})
			}
		case *ddquery.GroupBy:
			for _, key := range n.Keys {
				if name, ok := strings.CutPrefix(key.Name, "$"); ok {
					found = append(found, variableUse{key, name})
				}
			}
		}
		return true
	})
	return found
}

// declares reports whether one of the variables has this name, with or without a suffix such as .value or .key.
func declares(variables []templateVariable, name string) bool {
	return slices.ContainsFunc(variables, func(v templateVariable) bool {
		return v.name == name || strings.HasPrefix(name, v.name+".")
	})
}

// mentions reports whether any string under v contains the variable ($name), or is the name itself, which is how a
// powerpack maps its variables.
func mentions(v any, name string) bool {
	switch v := v.(type) {
	case string:
		return v == name || strings.Contains(v, "$"+name) || strings.Contains(v, "${"+name)
	case []any:
		return slices.ContainsFunc(v, func(e any) bool { return mentions(e, name) })
	case map[string]any:
		for _, e := range v {
			if mentions(e, name) {
				return true
			}
		}
	}
	return false
}
