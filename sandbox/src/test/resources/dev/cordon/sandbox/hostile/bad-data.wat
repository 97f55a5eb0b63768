;; data that does not fit into its memory
(module
  (memory (export "memory") 1)
  (data (i32.const 65535) "xx")
  (func (export "analyse") (result i32) (i32.const 0)))
