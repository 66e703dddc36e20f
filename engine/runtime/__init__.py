"""The only room that knows SpiffWorkflow. A workflow is a value: state text goes in, state text comes out (R2)."""
